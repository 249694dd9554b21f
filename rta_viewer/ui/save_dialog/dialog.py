"""The one dialog for everything that is saved. ``begin()`` it, then open it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rta_viewer.core.clock import Clock
from rta_viewer.core.model import Availability, Camera
from rta_viewer.core.save_choices import SaveChoices
from rta_viewer.core.save_cuts import Cutter
from rta_viewer.core.save_estimate import Experience, SaveTarget, estimate
from rta_viewer.core.save_order import SaveOrder, SavePlan, package_name, plan_pieces
from rta_viewer.core.spans import Span
from rta_viewer.core.texts import tr
from rta_viewer.errors import UsageError
from rta_viewer.qt.dialogs import resize_within_screen
from rta_viewer.qt.throttle import Throttle
from rta_viewer.ui.leading import align_labels
from rta_viewer.ui.plain import make_labels_plain
from rta_viewer.ui.save_dialog import wording
from rta_viewer.ui.save_dialog.cameras import CameraChooser
from rta_viewer.ui.save_dialog.findings import Outlook, findings, not_all_looked_up
from rta_viewer.ui.save_dialog.inquiry import MOST_CAMERAS, Inquiry
from rta_viewer.ui.save_dialog.options import Options
from rta_viewer.ui.save_dialog.range import RangeFields
from rta_viewer.ui.save_dialog.scrolled import Scrolled
from rta_viewer.ui.save_dialog.stills import Still, StillPair
from rta_viewer.ui.save_dialog.summary import Summary
from rta_viewer.ui.save_dialog.wording import Finding, Weight
from rta_viewer.ui.wrapped import WrappedLabel

_TYPING_MS = 350
"""Whoever types is not asked about after every letter."""

_ANSWERS_MS = 120
"""Answers about many cameras come one by one; the outlook is made anew for several together."""

_PATIENCE_MS = 4_000
"""So long a drive may keep us waiting before that is said."""

_SIZE = (1040, 700)
_LEFT_PX = 400
"""Dates that need a second line would take its room from the list of cameras."""

_BETWEEN_PX = 12


@dataclass(frozen=True, slots=True)
class SaveProposal:
    """What the dialog starts with.

    Attributes:
        cameras: All that can be chosen.
        chosen: The ids of those that are.
        shown: The ids of those on the screen.
        operator: Who sits here.
    """

    cameras: Sequence[Camera]
    chosen: tuple[str, ...]
    span: Span
    folder: Path
    zone: tzinfo
    operator: str = ""
    shown: tuple[str, ...] = ()
    choices: SaveChoices = field(default_factory=SaveChoices)


class SaveDialog(QDialog):
    """Cameras and range on the left, folder, names and form on the right, the outlook below.

    Signals:
        save_requested: A :class:`SaveOrder`; the dialog closes.
    """

    save_requested = Signal(object)

    def __init__(
        self, proposal: SaveProposal, inquiry: Inquiry, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("save_dialog")
        self.setWindowTitle(tr("Save recordings"))
        self.proposal = proposal
        self._inquiry = inquiry
        self._clock = clock
        inquiry.setParent(self)
        self._target: SaveTarget | None = None
        self._slow = False
        self._cutter = Cutter()
        self._experience = Experience()
        self._order: SaveOrder | None = None
        self._pictured: tuple[str, Span] | None = None
        self._what, self._how = Scrolled(self, fills=True), Scrolled(self, fills=False)
        what, how = self._what.column, self._how.column
        self.cameras = CameraChooser(
            proposal.cameras, proposal.chosen, proposal.shown, self._beside, self._tip, what
        )
        self.range = RangeFields(proposal.span, proposal.zone, clock, what)
        self.stills = StillPair(what)
        self.coverage = WrappedLabel("save_coverage", what, "quiet")
        self.options = Options(proposal.folder, proposal.choices, how)
        self.summary = Summary(self)
        self.ok = QPushButton(tr("Sa&ve"), self)
        self.ok.setObjectName("save_ok")
        self.ok.setProperty("role", "primary")
        self.ok.setDefault(True)
        self.ok.setEnabled(False)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._answers = Throttle(_ANSWERS_MS, self)
        self._build()
        align_labels(self)
        make_labels_plain(self)
        self._connect()
        resize_within_screen(self, *_SIZE)
        # Not the search: Enter saves from here, and ticks there.
        self.range.start.setFocus()

    def begin(self) -> None:
        """Ask what has to be known, and say what is. Apart from making it: each is work enough for a turn."""
        self._inquiry.ask_experience()
        self._patience.start()
        self._ask()
        # At once; what is answered from now on is told together.
        self._answers.submit(None)

    def _build(self) -> None:
        left = self._what.rows
        left.addStrut(_LEFT_PX)
        for title, content, stretch in (
            (tr("Cameras"), self.cameras, 1),
            ("", self.coverage, 0),
            (tr("Time"), self.range, 0),
            ("", self.stills, 0),
        ):
            if title:
                left.addWidget(self._title(title))
            left.addWidget(content, stretch)
        self._how.rows.addWidget(self.options)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._title(tr("Files")))
        right.addWidget(self._how)
        right.addWidget(self.summary, 1)
        columns = QHBoxLayout()
        columns.setSpacing(_BETWEEN_PX)
        columns.addWidget(self._what, 9)
        columns.addLayout(right, 11)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(12)
        box.addLayout(columns, 1)
        box.addLayout(self._buttons())

    def _title(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "title")
        return label

    def _buttons(self) -> QHBoxLayout:
        cancel = QPushButton(tr("Cancel"), self)
        cancel.setObjectName("save_cancel")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.ok)
        return row

    def _connect(self) -> None:
        self.cameras.changed.connect(self._on_cameras_changed)
        self.cameras.current_changed.connect(self._on_current_changed)
        self.range.changed.connect(self._on_typed)
        self.options.folder_changed.connect(self._on_folder_changed)
        self.options.changed.connect(self._update)
        self._typing.timeout.connect(self._ask)
        self._patience.timeout.connect(self._on_out_of_patience)
        self._answers.fired.connect(self._on_answers)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._on_ok)
        self._inquiry.coverage_found.connect(self._on_coverage_found)
        self._inquiry.target_found.connect(self._on_target_found)
        self._inquiry.experience_found.connect(self._on_experience_found)
        self._inquiry.still_found.connect(self._on_still_found)
        self.ok.clicked.connect(self._on_ok)
        self.finished.connect(self._on_finished)

    def order(self) -> SaveOrder | None:
        """What is chosen now; None while it makes no sense."""
        return self._order

    # Questions

    @Slot()
    def _ask(self) -> None:
        """Look at what is written now."""
        self._inquiry.ask_coverage(self.cameras.chosen, self.range.span)
        self._inquiry.ask_target(self.options.folder_path)
        self._ask_stills()

    def _ask_stills(self) -> None:
        camera, span = self._looked_at, self.range.span
        wanted = None
        if camera is not None and span is not None:
            wanted = camera.camera_id, self._inquiry.footage(camera.camera_id, span)
        if wanted == self._pictured:
            return
        self._pictured = wanted
        self._inquiry.forget_stills()
        if wanted is None:
            self.stills.show_words("")
        elif wanted[1].is_empty:
            self.stills.show_words(tr("Nothing was recorded"))
        else:
            self.stills.show_words("\N{HORIZONTAL ELLIPSIS}")
            self._inquiry.ask_stills(*wanted)

    @property
    def _looked_at(self) -> Camera | None:
        """The current row if it is chosen, else the first chosen camera."""
        chosen, current = self.cameras.chosen, self.cameras.current
        return current if current in chosen else next(iter(chosen), None)

    def _beside(self, camera: Camera) -> str:
        known = self._inquiry.known.get(camera.camera_id)
        if known is None and not self._inquiry.is_asked(camera.camera_id):
            return ""
        return wording.coverage_short(known)

    def _tip(self, camera: Camera) -> str:
        known = self._inquiry.known.get(camera.camera_id)
        if known is None and not self._inquiry.is_asked(camera.camera_id):
            return ""
        return wording.coverage_long(camera.name, known, self.proposal.zone, most=20)

    # Answers

    @Slot(object)
    def _on_coverage_found(self, found: Availability) -> None:
        looked_at = self._looked_at
        if looked_at is not None and looked_at.camera_id == found.camera_id:
            # Where the footage begins and ends is known now.
            self._ask_stills()
        self._answers.submit(None)

    @Slot(object)
    def _on_answers(self, _nothing: object) -> None:
        self.cameras.rows.refresh_coverage()
        self._update()

    @Slot(object)
    def _on_target_found(self, found: SaveTarget) -> None:
        if found.folder != self.options.folder_path:
            return
        self._target = found
        self.options.answers = found.folder
        self._patience.stop()
        self._answers.submit(None)

    @Slot()
    def _on_out_of_patience(self) -> None:
        self._slow = True
        self._update()

    @Slot(object)
    def _on_experience_found(self, found: Experience) -> None:
        self._experience = found
        self._answers.submit(None)

    @Slot(str, object)
    def _on_still_found(self, which: str, found: Still | str) -> None:
        view = self.stills.first if which == "first" else self.stills.last
        if isinstance(found, Still):
            span, zone = self.range.span, self.proposal.zone
            dated = span is not None and wording.crosses_midnight(span, zone)
            view.show_still(found, zone, dated=dated)
        else:
            view.show_words(found)

    # The operator

    @Slot()
    def _on_cameras_changed(self) -> None:
        self._ask()
        self._update()

    @Slot(object)
    def _on_current_changed(self, _camera: Camera) -> None:
        self._ask_stills()
        self._update()

    @Slot()
    def _on_typed(self) -> None:
        self._inquiry.ask_coverage((), self.range.span)
        self.cameras.rows.refresh_coverage()
        self._typing.start()
        self._update()

    @Slot()
    def _on_folder_changed(self) -> None:
        self._target, self._slow = None, False
        self._patience.start()
        self._typing.start()
        self._update()

    @Slot()
    def _on_ok(self) -> None:
        if self.isHidden():
            # The second of two quick clicks: it was on its way when the first one closed the dialog.
            return
        # With the last answers, too.
        self._update()
        order = self._order
        if order is None:
            return
        self.accept()
        self.save_requested.emit(order)

    @Slot()
    def _on_finished(self) -> None:
        self._typing.stop()
        self._patience.stop()
        self._answers.cancel()
        self._inquiry.close()

    # What it says

    def _draft(self) -> SaveOrder | None:
        span = self.range.span
        if span is None:
            return None
        return SaveOrder(
            cameras=self.cameras.chosen,
            span=span,
            folder=self.options.folder_path,
            choices=self.options.choices,
            zone=self.proposal.zone,
            operator=self.proposal.operator,
            known=dict(self._inquiry.known),
            package_name=self.options.package.text(),
        )

    @Slot()
    def _update(self) -> None:
        self._show_coverage()
        self._order = self._considered()
        # Once: a button that is disabled for a moment gives the focus away.
        self.ok.setEnabled(self._order is not None)

    def _show_coverage(self) -> None:
        camera = self._looked_at
        if camera is None or self.range.span is None:
            # Nothing is asked, so nothing is looked at.
            self.coverage.setText("")
            return
        known = self._inquiry.known.get(camera.camera_id)
        self.coverage.setText(wording.coverage_long(camera.name, known, self.proposal.zone))

    def _considered(self) -> SaveOrder | None:
        """Say what saving will take; the order if it can be carried out."""
        draft = self._draft()
        if draft is None:
            self._show_stop(self._range_problem())
            return None
        if not draft.cameras:
            self._show_stop(tr("No camera is chosen. Tick at least one in the list."))
            return None
        try:
            plan = plan_pieces(draft, self._cutter)
        except UsageError as err:
            self._show_previews(draft, SavePlan())
            self._show_stop(str(err))
            return None
        self._show_previews(draft, plan)
        return draft if self._show_outlook(draft, plan) else None

    def _range_problem(self) -> str:
        if self.range.start.text().strip() and self.range.end.text().strip():
            return self.range.problem
        return tr("The range is not complete. Write where it begins and ends.")

    def _show_stop(self, text: str) -> None:
        self.summary.show_outlook("", "", "", [Finding(Weight.STOP, text)])

    def _show_previews(self, draft: SaveOrder, plan: SavePlan) -> None:
        options = self.options
        names, good = wording.names_text(draft, plan.pieces)
        options.names_preview.setText(names if good else "")
        name = package_name(draft, plan.pieces) if len(plan.pieces) > 1 else ""
        # What makes no files yet, and would make several, is not said to be one.
        unknown = not plan.pieces and len(draft.cameras) > 1
        options.propose_package(None if unknown else name)
        options.show_watermark(wording.watermark_preview(draft, plan.pieces))

    def _show_outlook(self, draft: SaveOrder, plan: SavePlan) -> bool:
        """Whether nothing stands in the way."""
        taken = estimate(plan, draft.choices.medium, self._experience)
        outlook = Outlook(
            draft,
            plan,
            taken,
            self._target,
            self._clock.now_ms(),
            self._inquiry.pending(draft.cameras),
            slow=self._slow,
        )
        found = findings(outlook)
        if len(draft.cameras) > MOST_CAMERAS:
            found.append(not_all_looked_up(MOST_CAMERAS))
        self.summary.show_outlook(
            wording.headline(taken) if plan.pieces else "",
            wording.routes_text(plan.pieces),
            "" if outlook.hangs else wording.room_text(self._target),
            found,
        )
        return not outlook.waits and all(each.weight is not Weight.STOP for each in found)
