from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rta_viewer.app.layouts import Arrangement, Layouts, LayoutStore
from rta_viewer.qt.kept_texts import KeptTexts
from rta_viewer.qt.workers import Lane
from tests.ui.test_window_in_use import Use

SERVER, USER = "http://127.0.0.1:8080", "demo"


@pytest.fixture
def settings(tmp_path: Path) -> KeptTexts:
    return KeptTexts(tmp_path / "window.json")


@pytest.fixture
def use(qtbot: QtBot, lane: Lane) -> Iterator[Use]:
    use = Use(qtbot, lane)
    yield use
    use.availability.close()
    use.playback.close()


@pytest.fixture
def layouts(use: Use, settings: KeptTexts) -> Layouts:
    layouts = Layouts(use.window, use.playback, settings)
    layouts.enter(SERVER, USER)
    return layouts


def shown(use: Use) -> list[str]:
    return [tile.camera_id for tile in use.window.grid.tiles]


def test_the_last_arrangement_comes_back(use: Use, layouts: Layouts, settings: KeptTexts) -> None:
    use.window.grid.set_layout(6)
    for name in ("cam-00003", "cam-00001"):
        use.open(name)
    use.window.grid.swap(use.window.grid.tiles[0], use.window.grid.tiles[4])
    wanted = shown(use)
    assert wanted == ["", "cam-00001", "", "", "cam-00003", ""]
    layouts.leave()
    use.playback.close()
    use.window.grid.set_layout(1)
    settings.close()
    layouts.enter(SERVER, USER)
    assert shown(use) == wanted
    use.playback.close()
    layouts.leave()
    layouts.enter(SERVER, "somebody else")
    assert not any(shown(use))


def test_what_somebody_opened_meanwhile_is_left_alone(use: Use, layouts: Layouts) -> None:
    use.window.grid.set_layout(4)
    use.open("cam-00003")
    layouts.leave()
    use.playback.close()
    use.open("cam-00005")
    layouts.enter(SERVER, USER)
    assert shown(use) == ["cam-00005", "", "", ""]


def test_arrangements_by_name(use: Use, layouts: Layouts) -> None:
    use.window.grid.set_layout(2)
    use.open("cam-00001")
    layouts.save("  Doors & \n gates ")
    use.open("cam-00002")
    layouts.save("all")
    layouts.save("All")
    layouts._on_menu()
    names = [action.text() for action in use.window.layouts_menu.actions() if action.data()]
    assert sorted(names) == ["All", "Doors && gates", "all"]
    engine = use.engines.of("cam-00001")
    next(a for a in use.window.layouts_menu.actions() if a.data() == "Doors & gates").trigger()
    assert shown(use) == ["cam-00001", ""]
    assert not engine.closed, "a camera that stays plays on"
    layouts.forget("all")
    layouts._on_menu()
    assert "all" not in [action.text() for action in use.window.layouts_menu.actions()]


def test_cameras_that_are_no_more_leave_their_tile_free(use: Use, layouts: Layouts) -> None:
    layouts.show(Arrangement(4, ("cam-00002", "gone", "cam-00001", "")))
    assert shown(use) == ["cam-00002", "", "cam-00001", ""]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"last": 3, "named": []}', '{"last": {"tiles": 5, "cameras": []}}',
     '{"last": {"tiles": 4, "cameras": [1]}, "named": {"a": null}}'],
)  # fmt: skip
def test_what_cannot_be_read_is_nothing(settings: KeptTexts, text: str) -> None:
    store = LayoutStore(settings, SERVER, USER)
    settings.put(store._key, text)
    assert store.last() is None
    assert store.named() == {}
    store.keep_last(Arrangement(1, ("a",)))
    assert store.last() == Arrangement(1, ("a",))


def test_the_name_is_asked_for(qtbot: QtBot, use: Use, layouts: Layouts) -> None:
    use.open("cam-00001")
    use.window.acts["save_layout"].trigger()
    dialog = layouts._asking
    assert dialog is not None
    dialog.setTextValue("Night shift")
    dialog.accept()
    layouts._on_menu()
    assert "Night shift" in [action.text() for action in use.window.layouts_menu.actions()]
