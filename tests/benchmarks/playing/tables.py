"""The parts of the playback benchmark: each measures something and writes its figures into the report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.playing import dragging, leaks, peers, processes, seeks, speeds
from tests.benchmarks.playing.chain import Chain
from tests.benchmarks.playing.footage import Footage
from tests.benchmarks.playing.plan import Plan
from tests.benchmarks.playing.report_values import difference, ratio
from tests.benchmarks.playing.speeds import Load, Run
from tests.benchmarks.report import Report, p50, p95

CAMERA = "Camera 1"
SPARSE_CAMERA = "Key frame each 10 s"
SPEEDS = (1, 2, 4, 8)


@dataclass
class Tables:
    """Fills a report. Figures that others are divided by, or that are sums, are kept here."""

    report: Report
    chain: Chain
    plan: Plan
    file: Path
    wrong: int = 0
    playhead_ms: list[float] = field(default_factory=list)
    warm_p50_ms: float | None = None
    cold_p50_ms: float | None = None

    def run(self) -> None:
        """Everything, in the order of the report."""
        self._part("seeks", self._seeks)
        self._part("floor", self._floor)
        self._part("ffmpeg", self._ffmpeg)
        self._part("previews", self._previews)
        self._part("steps", self._steps)
        for speed in SPEEDS:
            self.report.measure(f"playing at {speed}x", self._at_speed(speed))
        self.report.measure("truth", self._truth)
        self._part("leaks", self._leaks)
        if self.plan.sparse is not None:
            self._part("sparse", self._sparse(self.plan.sparse))
        if self.plan.tiles:
            for speed in (1, 4):
                self.report.measure(f"four tiles at {speed}x", self._tiles(speed))

    def _part(self, name: str, work: Callable[[], None]) -> None:
        """Measure, and what that cost."""
        own, server = processes.usage(), processes.usage(self.chain.server_pid)
        self.report.measure(name, work)
        own_after, server_after = processes.usage(), processes.usage(self.chain.server_pid)
        own_s = difference(own_after.cpu_s, own.cpu_s)
        server_s = difference(server_after.cpu_s, server.cpu_s)
        self._cost(name, Load(own_s, server_s, own_after.rss_mib))

    def _cost(self, name: str, load: Load) -> None:
        self.report.add(f"cpu_{name}_s", load.own_cpu_s, "s")
        self.report.add(f"cpu_server_{name}_s", load.server_cpu_s, "s")
        self.report.add(f"rss_{name}_mib", load.rss_mib, "MiB")

    def _seeks(self) -> None:
        plan, add = self.plan, self.report.add
        warm = seeks.warm(self.chain, CAMERA, seeks.places(plan.footage, plan.warm, 11))
        self.warm_p50_ms = p50(warm.first_ms)
        add("seek_warm_p50_ms", self.warm_p50_ms, "ms", at_most=150)
        add("seek_warm_p95_ms", p95(warm.first_ms), "ms", at_most=300)
        add("seek_warm_moving_p50_ms", p50(warm.moving_ms), "ms")
        cold = seeks.cold(self.chain, CAMERA, seeks.places(plan.footage, plan.cold, 12))
        self.cold_p50_ms = p50(cold.first_ms)
        add("seek_cold_p50_ms", self.cold_p50_ms, "ms")
        add("seek_cold_p95_ms", p95(cold.first_ms), "ms")
        add("seek_cold_moving_p50_ms", p50(cold.moving_ms), "ms")
        near = seeks.cached(self.chain, CAMERA, seeks.places(plan.footage, plan.cached, 13))
        add("seek_cached_p50_ms", p50(near.first_ms), "ms")
        self.wrong += warm.wrong + cold.wrong + near.wrong

    def _floor(self) -> None:
        plan, add, library = self.plan, self.report.add, self.chain.library
        instants = seeks.places(plan.footage, plan.floor, 14)
        opening = p50(peers.floor_by_opening(library, self.file, plan.footage, instants))
        seeking = p50(peers.floor_by_seeking(library, self.file, plan.footage, instants))
        floor_ms = min(opening, seeking)
        add("seek_floor_p50_ms", floor_ms, "ms")
        add("seek_floor_by_opening_p50_ms", opening, "ms")
        add("seek_floor_by_seeking_p50_ms", seeking, "ms")
        add("seek_over_floor", ratio(self.warm_p50_ms, floor_ms), "x", at_most=1.2)

    def _ffmpeg(self) -> None:
        plan, add = self.plan, self.report.add
        instants = seeks.places(plan.footage, plan.ffmpeg, 15)
        opened = p50(peers.ffmpeg_opens(self.chain, CAMERA, plan.footage, instants))
        in_process = peers.ffmpeg_library_opens(self.chain, CAMERA, plan.footage, instants)
        add("ffmpeg_open_p50_ms", opened, "ms")
        add("ffmpeg_open_in_process_p50_ms", p50(in_process), "ms")
        fewer = instants[: max(1, len(instants) // 2)]
        players = peers.players_open(self.chain, CAMERA, plan.footage, fewer)
        for name, took_ms in players.items():
            add(f"{name}_open_p50_ms", p50(took_ms), "ms")
        add("ffmpeg_over_ours", ratio(opened, self.warm_p50_ms), "x", at_least=5)
        add("ffmpeg_over_ours_cold", ratio(opened, self.cold_p50_ms), "x")

    def _previews(self) -> None:
        for name, limit_ms, from_cache in (("cached", 16, True), ("uncached", 80, False)):
            found = dragging.previews(
                self.chain,
                CAMERA,
                self.plan.footage,
                seeks.places(self.plan.footage, self.plan.previews, 16),
                from_cache=from_cache,
            )
            self.report.add(f"preview_{name}_p50_ms", p50(found.first_ms), "ms")
            self.report.add(f"preview_{name}_p95_ms", p95(found.first_ms), "ms", at_most=limit_ms)
            self.report.add(f"preview_{name}_exact_p95_ms", p95(found.exact_ms), "ms")
            self.wrong += found.wrong

    def _steps(self) -> None:
        places = seeks.places(self.plan.footage, self.plan.steps, 17)
        found = dragging.steps(self.chain, CAMERA, places)
        self.report.add("step_p50_ms", p50(found.first_ms), "ms")
        self.report.add("step_p95_ms", p95(found.first_ms), "ms", at_most=60)
        self.report.add("step_forward_p95_ms", p95(found.forward_ms), "ms")
        self.report.add("step_back_p95_ms", p95(found.back_ms), "ms")
        self.wrong += found.wrong

    def _at_speed(self, speed: int) -> Callable[[], None]:
        def work() -> None:
            runs, load = speeds.play(self.chain, [CAMERA], speed, self.plan.play_s)
            run, add = runs[0], self.report.add
            add(f"speed_{speed}x", run.speed, "x")
            add(f"speed_error_pct_{speed}x", _error_pct(run, speed), "%", at_most=2)
            if speed < 8:
                add(f"lost_pictures_{speed}x", run.lost, "pictures", at_most=0)
                add(f"shown_per_s_{speed}x", run.pictures / run.seconds, "1/s")
            else:
                add(f"shown_per_s_{speed}x", run.pictures / run.seconds, "1/s", at_least=60)
                add(f"lost_pictures_{speed}x", run.lost, "pictures")
            add(f"speed_said_{speed}x", run.said, "x")
            add(f"playhead_error_{speed}x_p95_ms", p95(run.playhead_ms), "ms")
            self._cost(f"{speed}x", load)
            self.wrong += run.wrong
            self.playhead_ms += run.playhead_ms

        return work

    def _truth(self) -> None:
        places = seeks.places(self.plan.footage, self.plan.paused, 18)
        paused = seeks.paused(self.chain, CAMERA, places)
        self.wrong += paused.series.wrong
        add = self.report.add
        add("playhead_error_playing_ms", p95(self.playhead_ms), "ms", at_most=100)
        add("playhead_error_paused_pictures", paused.worst_pictures, "pictures", at_most=1)
        add("seek_paused_p50_ms", p50(paused.series.first_ms), "ms")

    def _leaks(self) -> None:
        left = leaks.left_behind(self.chain, CAMERA, self.plan.footage, self.plan.leak_seeks)
        self.wrong += left.wrong
        add = self.report.add
        add("wrong_picture_count", self.wrong, "pictures", at_most=0)
        add("leaked_threads", left.threads, "threads", at_most=0)
        add("leaked_fds", left.files, "files", at_most=0)
        add("rss_growth_pct", left.rss_growth_pct, "%", at_most=5)
        add("seeks_for_leaks", left.seeks, "seeks")

    def _sparse(self, footage: Footage) -> Callable[[], None]:
        def work() -> None:
            add, count = self.report.add, self.plan.sparse_seeks
            warm = seeks.warm(self.chain, SPARSE_CAMERA, seeks.places(footage, count, 21))
            add("sparse_seek_warm_p50_ms", p50(warm.first_ms), "ms")
            add("sparse_seek_warm_p95_ms", p95(warm.first_ms), "ms")
            cold = seeks.cold(self.chain, SPARSE_CAMERA, seeks.places(footage, count // 2, 22))
            add("sparse_seek_cold_p50_ms", p50(cold.first_ms), "ms")
            add("sparse_seek_cold_p95_ms", p95(cold.first_ms), "ms")
            wrong = warm.wrong + cold.wrong
            for name, from_cache in (("cached", True), ("uncached", False)):
                found = dragging.previews(
                    self.chain,
                    SPARSE_CAMERA,
                    footage,
                    seeks.places(footage, count, 23),
                    from_cache=from_cache,
                )
                add(f"sparse_preview_{name}_p50_ms", p50(found.first_ms), "ms")
                add(f"sparse_preview_{name}_p95_ms", p95(found.first_ms), "ms")
                add(f"sparse_preview_{name}_exact_p95_ms", p95(found.exact_ms), "ms")
                wrong += found.wrong
            stepped = dragging.steps(self.chain, SPARSE_CAMERA, seeks.places(footage, 4, 24))
            add("sparse_step_p95_ms", p95(stepped.first_ms), "ms")
            wrong += stepped.wrong + self._sparse_speeds()
            add("sparse_wrong_picture_count", wrong, "pictures")

        return work

    def _sparse_speeds(self) -> int:
        """Playing with a key frame each 10 s; returns wrong pictures."""
        wrong = 0
        for speed in SPEEDS:
            runs, load = speeds.play(self.chain, [SPARSE_CAMERA], speed, self.plan.sparse_play_s)
            run, add, name = runs[0], self.report.add, f"sparse_{speed}x"
            add(f"{name}_speed_error_pct", _error_pct(run, speed), "%")
            add(f"{name}_shown_per_s", run.pictures / run.seconds, "1/s")
            add(f"{name}_lost_pictures", run.lost, "pictures")
            add(f"{name}_playhead_p95_ms", p95(run.playhead_ms), "ms")
            self._cost(name, load)
            wrong += run.wrong
        return wrong

    def _tiles(self, speed: int) -> Callable[[], None]:
        def work() -> None:
            cameras = [f"Camera {number + 1}" for number in range(self.plan.tiles)]
            runs, load = speeds.play(self.chain, cameras, speed, self.plan.play_s)
            name, add = f"tiles_{speed}x", self.report.add
            add(f"{name}_worst_speed_error_pct", _worst_error_pct(runs, speed), "%")
            add(f"{name}_shown_per_s", sum(run.pictures / run.seconds for run in runs), "1/s")
            add(f"{name}_lost_pictures", sum(run.lost for run in runs), "pictures")
            add(f"{name}_wrong_picture_count", sum(run.wrong for run in runs), "pictures")
            add(f"{name}_playhead_p95_ms", max(p95(run.playhead_ms) for run in runs), "ms")
            self._cost(name, load)

        return work


def _error_pct(run: Run, speed: float) -> float:
    return abs(run.speed / speed - 1) * 100


def _worst_error_pct(runs: Sequence[Run], speed: float) -> float:
    return max(_error_pct(run, speed) for run in runs)
