"""What a generated camera sees at an instant: its place, who passes, its name and the time."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime

import av
import numpy as np
import numpy.typing as npt

from rta_viewer.demo import timecode
from rta_viewer.demo.cameras import DemoCamera
from rta_viewer.demo.footage.backdrops import PLACES, Backdrop, paint
from rta_viewer.demo.footage.canvas import UNITS_HIGH, UNITS_WIDE, Planes
from rta_viewer.demo.footage.lanes import passing
from rta_viewer.demo.footage.lettering import text_mask
from rta_viewer.demo.footage.sprites import blit, sprite_of

# Part of the cache's folder names: raise it when pictures change.
DRAWING_VERSION = 2

_PLACE_OF_NAME = (
    ("corridor", "corridor"),
    ("stair", "stairs"),
    ("canteen", "canteen"),
    ("aisle", "aisle"),
    ("warehouse", "aisle"),
    ("lift", "corridor"),
    ("park", "car_park"),
    ("dock", "dock"),
    ("fence", "fence"),
    ("gate", "fence"),
    ("platform", "platform"),
    ("reception", "hall"),
    ("hall", "hall"),
    ("desk", "hall"),
)
_LIGHT_STEPS = 12
_NIGHT_LIGHT = 0.5
_KEPT_LIGHTS = 2
_KEPT_SECONDS = 4
_BAND_DARKNESS = 0.36
_TEXT_WHITE = 226
_TEXT_DIM = 180
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class _Band:
    """The bottom of the picture during one second, without its milliseconds."""

    second: int
    luma: npt.NDArray[np.uint8]


class Scene:
    """Draws the pictures of one camera. Safe from several threads."""

    def __init__(self, camera: DemoCamera) -> None:
        self._camera = camera
        self._place = PLACES[_place_name(camera.name)]
        self._lock = threading.Lock()
        self._backdrop: Backdrop | None = None
        self._lights: OrderedDict[int, Planes] = OrderedDict()
        self._bands: OrderedDict[tuple[int, int], _Band] = OrderedDict()
        self._layout = _Layout.of(camera)

    def draw(self, instant_ms: int) -> av.VideoFrame:
        """The picture of an instant."""
        frame = av.VideoFrame(self._camera.width, self._camera.height, "yuv420p")
        planes = _planes_of(frame)
        light = daylight_step(instant_ms) if self._place.is_outside else _LIGHT_STEPS
        with self._lock:
            base = self._lit(light)
            band = self._band(light, base, instant_ms // 1000)
        planes.y[:], planes.cb[:], planes.cr[:] = base.y, base.cb, base.cr
        self._draw_movers(
            planes, instant_ms, _NIGHT_LIGHT + (1 - _NIGHT_LIGHT) * light / _LIGHT_STEPS
        )
        layout = self._layout
        planes.y[layout.band_top :] = band.luma
        planes.cb[layout.band_top // 2 :] = base.cb[layout.band_top // 2 :]
        planes.cr[layout.band_top // 2 :] = base.cr[layout.band_top // 2 :]
        layout.draw_milliseconds(planes.y, instant_ms % 1000)
        timecode.draw(planes.y, instant_ms, self._camera.number)
        return frame

    def _draw_movers(self, planes: Planes, instant_ms: int, light: float) -> None:
        eye = self._place.eye
        scale_x, scale_y = self._camera.width / UNITS_WIDE, self._camera.height / UNITS_HIGH
        for item in passing(self._place.lanes, self._camera.number, instant_ms):
            x, y = eye.project(item.at)
            sprite = sprite_of(item, eye.units_per_metre(item.at[2]) * scale_x, light)
            blit(planes, sprite, round(x * scale_x), round(y * scale_y))

    def _lit(self, step: int) -> Planes:
        """The place in the light of a time of day."""
        if self._backdrop is None:
            camera = self._camera
            self._backdrop = _banded(
                paint(self._place, camera.width, camera.height, camera.number),
                self._layout.band_top,
            )
        day, night = self._backdrop.day, self._backdrop.night
        if night is None or step == _LIGHT_STEPS:
            return day
        if step == 0:
            return night
        planes = self._lights.get(step)
        if planes is None:
            planes = Planes(
                _blend(night.y, day.y, step),
                _blend(night.cb, day.cb, step),
                _blend(night.cr, day.cr, step),
            )
            self._lights[step] = planes
            if len(self._lights) > _KEPT_LIGHTS:
                self._lights.popitem(last=False)
        return planes

    def _band(self, light: int, base: Planes, second: int) -> _Band:
        band = self._bands.get((light, second))
        if band is None:
            luma = base.y[self._layout.band_top :].copy()
            self._layout.draw_texts(luma, self._camera.name, second)
            band = self._bands[light, second] = _Band(second, luma)
            if len(self._bands) > _KEPT_SECONDS:
                self._bands.popitem(last=False)
        return band


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the texts stand: to the right of the time code, in a dark band at the bottom."""

    width: int
    height: int
    band_top: int
    name_cap: float
    time_cap: float
    margin: int

    @classmethod
    def of(cls, camera: DemoCamera) -> "_Layout":
        width, height = camera.width, camera.height
        _, strip = timecode.strip_size(width, height)
        band = max(strip, height * 0.128)
        return cls(
            width,
            height,
            math.floor(height - band) // 2 * 2,
            height / 34,
            height / 25,
            round(width / 64),
        )

    def draw_texts(self, band: npt.NDArray[np.uint8], name: str, second: int) -> None:
        """Name, date and time up to the seconds, right-aligned."""
        moment = datetime.fromtimestamp(second, UTC)
        before = text_mask(f"{moment:%Y-%m-%d  %H:%M:%S}.", self.time_cap)
        after = text_mask(" UTC", self.time_cap)
        line, digits = self._time_top() - self.band_top, self._digits_left()
        _ink(band, before, digits - before.shape[1], line, _TEXT_WHITE)
        _ink(band, after, self.width - self.margin - after.shape[1], line, _TEXT_WHITE)
        strip, _ = timecode.strip_size(self.width, self.height)
        label = text_mask(name, self.name_cap)[:, : self.width - strip - 2 * self.margin]
        label_top = line - round(self.name_cap * 1.62)
        _ink(band, label, self.width - self.margin - label.shape[1], label_top, _TEXT_DIM)

    def draw_milliseconds(self, luma: npt.NDArray[np.uint8], millisecond: int) -> None:
        """The three digits that change with each picture."""
        mask = text_mask(f"{millisecond:03d}", self.time_cap)
        _ink(luma, mask, self._digits_left(), self._time_top(), _TEXT_WHITE)

    def _time_top(self) -> int:
        return self.height - round(self.time_cap * 1.7)

    def _digits_left(self) -> int:
        return self.width - self.margin - int(text_mask("000 UTC", self.time_cap).shape[1])


def daylight_step(instant_ms: int) -> int:
    """How light it is outside, 0 (night) to 12 (day); dawn and dusk take an hour each, in UTC."""
    hour = instant_ms % (24 * _HOUR_MS) / _HOUR_MS
    return round(_LIGHT_STEPS * min(max(min(hour - 5.5, 18.5 - hour), 0.0), 1.0))


def _place_name(name: str) -> str:
    lowered = name.casefold()
    return next((place for word, place in _PLACE_OF_NAME if word in lowered), "entrance")


def _planes_of(frame: av.VideoFrame) -> Planes:
    luma, cb, cr = (
        np.frombuffer(memoryview(plane), dtype=np.uint8).reshape(-1, plane.line_size)[
            :, : plane.width
        ]
        for plane in frame.planes
    )
    return Planes(luma, cb, cr)


def _banded(backdrop: Backdrop, top: int) -> Backdrop:
    """Darken the bottom, where the texts stand."""

    def darken(planes: Planes) -> Planes:
        planes.y[top:] = 16 + (planes.y[top:].astype(np.float32) - 16) * _BAND_DARKNESS
        for plane in (planes.cb, planes.cr):
            part = plane[top // 2 :].astype(np.float32)
            plane[top // 2 :] = 128 + (part - 128) * _BAND_DARKNESS
        return planes

    return Backdrop(darken(backdrop.day), darken(backdrop.night) if backdrop.night else None)


def _blend(
    night: npt.NDArray[np.uint8], day: npt.NDArray[np.uint8], step: int
) -> npt.NDArray[np.uint8]:
    mixed = night.astype(np.uint16) * (_LIGHT_STEPS - step) + day.astype(np.uint16) * step
    return (mixed // _LIGHT_STEPS).astype(np.uint8)


def _ink(
    plane: npt.NDArray[np.uint8], mask: npt.NDArray[np.uint8], left: int, top: int, level: int
) -> None:
    """Letters in a grey level; what is outside of the plane is cut off."""
    first = max(0, -top)
    area = plane[top + first : top + mask.shape[0], left : left + mask.shape[1]]
    cover = mask[first : first + area.shape[0], : area.shape[1]].astype(np.int32)
    area[:] = area + ((level - area.astype(np.int32)) * cover // 255)
