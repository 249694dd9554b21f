"""What the tour did and found, as ``tour.json`` and as lines for people."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rta_viewer.qt.watchdog import Block, GuiWatchdog


@dataclass(slots=True)
class Step:
    """One step of the tour.

    Attributes:
        name: What was done.
        asked: What should be seen; None where there is nothing to compare.
        read: What was read from the screen or the file.
        milliseconds: How long it took until that was seen.
        picture: File name of the screen's picture.
    """

    name: str
    asked: Any = None
    read: Any = None
    milliseconds: int = 0
    passed: bool = True
    problem: str = ""
    picture: str = ""


@dataclass(slots=True)
class Report:
    """All steps, in order; what was measured on the way, and when the window stood still.

    Attributes:
        during: The step that is being taken, or the one after which the walk goes on.
        most_work: The step in which the GUI thread worked longest without a pause.
    """

    folder: Path
    steps: list[Step] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    during: str = "start"
    most_work: str = ""

    @property
    def passed(self) -> bool:
        """True when every step passed, and there was one."""
        return bool(self.steps) and all(step.passed for step in self.steps)

    def fail(self, problem: str) -> None:
        """The walk broke off between two steps."""
        self.steps.append(Step("walk on", passed=False, problem=problem))

    def stood_still(self, watchdog: GuiWatchdog) -> None:
        """Take over what the watchdog saw; of the longest pause also how much of it was work."""
        self.blocks, self.most_work = watchdog.blocks, watchdog.most_cpu_during
        worst_cpu_ms = self.blocks[0].cpu_ms if self.blocks else 0.0
        for name, value_ms in {
            "gui_block_max_ms": watchdog.longest_ms,
            "gui_block_max_cpu_ms": worst_cpu_ms,
            "gui_block_with_system_max_ms": watchdog.longest_with_system_ms,
            "gui_work_max_ms": watchdog.most_cpu_ms,
        }.items():
            self.figures[name] = round(value_ms, 1)

    def write(self) -> None:
        """Write ``tour.json``; raises OSError."""
        steps = [
            {**{k: v for k, v in asdict(step).items() if k != "passed"}, "pass": step.passed}
            for step in self.steps
        ]
        document = {
            "pass": self.passed,
            "figures": self.figures,
            "most_work": self.most_work,
            "steps": steps,
            "blocks": [asdict(block) for block in self.blocks],
        }
        text = json.dumps(document, indent=2, ensure_ascii=False)
        (self.folder / "tour.json").write_text(text + "\n", encoding="utf-8")

    def lines(self) -> list[str]:
        """One line a step."""
        width = max((len(step.name) for step in self.steps), default=0)
        figures = [f"{name} {value:.0f}" for name, value in self.figures.items()]
        steps = [
            f"{'ok  ' if step.passed else 'FAIL'} {step.name:<{width}} {step.milliseconds:>6} ms"
            + (f"  {step.problem}" if step.problem else "")
            for step in self.steps
        ]
        blocks = [
            f"stood still {block.blocked_ms:.0f} ms ({block.cpu_ms:.0f} ms of work): {block.during}"
            for block in self.blocks
        ]
        return [*steps, *figures, f"most work: {self.most_work}", *blocks]
