"""What the operator should know before saving: what stands in the way, warnings, notes. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rta_viewer.core.jobs import JobKind
from rta_viewer.core.model import Camera
from rta_viewer.core.save_choices import GapPolicy, unknown_fields
from rta_viewer.core.save_cuts import LONGEST_PART_MS
from rta_viewer.core.save_estimate import (
    EXPORTS_AT_ONCE,
    LINK_S,
    Estimate,
    SaveTarget,
    is_encoded,
)
from rta_viewer.core.save_limits import obstacles, too_long
from rta_viewer.core.save_medium import Medium
from rta_viewer.core.save_order import SaveOrder, SavePlan
from rta_viewer.core.texts import tr, trn, verbatim
from rta_viewer.ui import times
from rta_viewer.ui.save_dialog.wording import Finding, Weight

_MOST_NAMES = 3
_NEARLY = 0.9


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that the findings are made of.

    Attributes:
        target: None while it is looked at.
        pending: The cameras about which the server will still answer.
        slow: The drive of a folder that is looked at keeps us waiting.
    """

    order: SaveOrder
    plan: SavePlan
    estimate: Estimate
    target: SaveTarget | None
    now_ms: int
    pending: frozenset[str] = frozenset()
    slow: bool = False

    @property
    def hangs(self) -> bool:
        """Whether the folder should have answered by now."""
        return self.target is None and self.slow

    @property
    def waits(self) -> bool:
        """Whether there cannot be an order yet: the drive, or what was recorded, has to be known first."""
        return self.target is None or self.stretches_wait or self.sizes_wait

    @property
    def stretches_wait(self) -> bool:
        """Whether the server will still say where to cut."""
        return bool(self.pending) and self.order.choices.gaps is GapPolicy.APART

    @property
    def sizes_wait(self) -> bool:
        """Whether the server will still say how large files are of which nothing else tells it."""
        return any(
            piece.size_bytes is None and piece.camera.camera_id in self.pending
            for piece in self.plan.pieces
        )

    @property
    def unknown(self) -> list[Camera]:
        """Those of whose footage nobody will say anything."""
        cameras = {piece.camera.camera_id: piece.camera for piece in self.plan.pieces}
        return [
            camera
            for key, camera in cameras.items()
            if key not in self.pending and self.order.recorded(key) is None
        ]


def findings(outlook: Outlook) -> list[Finding]:
    """What stands in the way first, then warnings, then notes."""
    found = [*_stops(outlook), *_warnings(outlook), *_notes(outlook)]
    return sorted(found, key=lambda finding: finding.weight.value)


def not_all_looked_up(most: int) -> Finding:
    """A warning: about the cameras after the first ``most`` the server is not asked."""
    return _warn(
        tr(
            "Only of the first {n} cameras it is looked up what they recorded; "
            "size and time leave the others' gaps out of account.",
            n=most,
        )
    )


def _stops(outlook: Outlook) -> Iterator[Finding]:
    if not outlook.plan.pieces:
        yield Finding(Weight.STOP, tr("Nothing was recorded in this time. Choose another range."))
    if outlook.hangs:
        away = tr(
            "The folder does not answer. Its network drive may be away; choose another folder."
        )
        yield Finding(Weight.STOP, away)
    if outlook.target is not None:
        for sentence in obstacles(outlook.estimate, outlook.target, times.format_bytes):
            yield Finding(Weight.STOP, sentence)


def _warnings(outlook: Outlook) -> Iterator[Finding]:
    plan, choices = outlook.plan, outlook.order.choices
    exports = [piece for piece in plan.pieces if piece.route.kind is JobKind.EXPORT]
    yield from _drive_warnings(outlook)
    if choices.way is JobKind.CLIP and exports:
        yield _warn(
            trn(
                '"Download now" is not possible for {n} file: it becomes an export on the server.',
                '"Download now" is not possible for {n:,} files: they become exports on the server.',
                len(exports),
            )
        )
    yield from _unknown_warnings(outlook)
    yield from _footage_warnings(plan)
    if exports and (outlook.estimate.transfer_s or 0) > LINK_S:
        taken = times.format_duration((outlook.estimate.transfer_s or 0) * 1000)
        yield _warn(
            tr(
                "Fetching takes about {time}, and links end {hours} hours after the server has finished. "
                "What ends first is fetched first; what has expired has to be asked for again.",
                time=taken,
                hours=LINK_S // 3600,
            )
        )
    if choices.watermark and (unknown := unknown_fields(choices.watermark_text)):
        field = verbatim(f"{{{unknown[0]}}}")
        yield _warn(tr("Nobody fills in {field}: it is burned in as it stands.", field=field))


def _drive_warnings(outlook: Outlook) -> Iterator[Finding]:
    estimate, target = outlook.estimate, outlook.target
    if target is None:
        return
    limit = target.largest_file_bytes
    if limit is not None and estimate.largest_bytes <= limit:
        if estimate.largest_bytes > _NEARLY * limit:
            yield _warn(
                tr(
                    "The drive is FAT32: a file that becomes larger than 4 GiB cannot be saved there."
                )
            )
        elif not estimate.complete:
            yield _warn(
                tr("The drive is FAT32 and holds no file above 4 GiB; sizes are not all known.")
            )
    if sentence := too_long(outlook.order, outlook.plan, target):
        yield _warn(sentence)


def _footage_warnings(plan: SavePlan) -> Iterator[Finding]:
    if plan.empty and plan.pieces:
        names = _names([camera.name for camera in plan.empty])
        yield _warn(tr("Nothing was recorded by {names}: left out.", names=names))
    modern = [piece for piece in plan.pieces if piece.codec == "H265" and not is_encoded(piece)]
    if modern:
        names = _names(list(dict.fromkeys(piece.camera.name for piece in modern)))
        yield _warn(
            tr(
                "{names}: recorded as H.265, which not every player shows. "
                "Another quality has the server encode it again.",
                names=names,
            )
        )


def _unknown_warnings(outlook: Outlook) -> Iterator[Finding]:
    """What is said where the server does not say what was recorded."""
    unknown, span = outlook.unknown, outlook.order.span
    if not unknown:
        return
    if span.start_ms >= outlook.now_ms:
        yield _warn(tr("The range is in the future: nothing can have been recorded yet."))
    elif span.end_ms > outlook.now_ms:
        yield _warn(tr("The range ends in the future: what is still to come will be missing."))
    if outlook.order.choices.gaps is not GapPolicy.APART:
        return
    names = _names([camera.name for camera in unknown])
    if span.duration_ms > LONGEST_PART_MS:
        sentence = tr(
            "It is not known what {names} recorded: "
            "one file for each camera and day, whatever gaps it has.",
            names=names,
        )
    else:
        sentence = tr(
            "It is not known what {names} recorded: one file for each camera, whatever gaps it has.",
            names=names,
        )
    yield _warn(sentence)


def _notes(outlook: Outlook) -> Iterator[Finding]:
    plan, estimate = outlook.plan, outlook.estimate
    if outlook.stretches_wait:
        yield Finding(
            Weight.NOTE,
            tr("A file for each stretch: saving waits until it is known what was recorded."),
        )
    elif outlook.sizes_wait:
        yield Finding(
            Weight.NOTE,
            tr("The size is not known yet: saving waits until it is known what was recorded."),
        )
    if estimate.encoded_s:
        yield Finding(Weight.NOTE, _encoding_text(outlook))
    exports = sum(piece.route.kind is JobKind.EXPORT for piece in plan.pieces)
    if exports > EXPORTS_AT_ONCE:
        yield Finding(
            Weight.NOTE,
            tr(
                "The server prepares {n} at a time; the others wait here for their turn.",
                n=EXPORTS_AT_ONCE,
            ),
        )
    if outlook.order.choices.medium is not Medium.ANY and estimate.needed_bytes > (
        estimate.size_bytes or 0
    ):
        yield Finding(Weight.NOTE, tr("Volumes are written beside the whole file: twice its room."))
    if len(plan.pieces) > 1:
        yield Finding(Weight.NOTE, tr("The files get a folder of their own with an index page."))


def _encoding_text(outlook: Outlook) -> str:
    """The cost of a watermark, or of another quality."""
    watermark = any(piece.request.watermark is not None for piece in outlook.plan.pieces)
    encoding_s = outlook.estimate.encoding_s
    if encoding_s is not None:
        took = times.format_duration(max(1.0, encoding_s) * 1000)
        cost = tr("as measured here lately, about {time}", time=took)
    else:
        cost = tr("often {least} to {most} minutes for {n} minutes of video", least=1, most=8, n=10)
    if watermark:
        return tr(
            "A burned-in text makes the server encode every picture again: {cost}.", cost=cost
        )
    return tr("Another quality makes the server encode every picture again: {cost}.", cost=cost)


def _warn(text: str) -> Finding:
    return Finding(Weight.WARNING, text)


def _names(names: Sequence[str]) -> str:
    shown = tr(", ", "between names").join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more <= 0:
        return shown
    return trn("{names} and {n} more", "{names} and {n:,} more", more, names=shown)
