import sys

import pytest

from rta_viewer.cli.display import require_display
from rta_viewer.errors import MediaError

NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a window is always possible")
@pytest.mark.parametrize("session", ["", "tty"])
def test_without_a_display_there_is_a_sentence_and_no_crash(
    session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", session)
    monkeypatch.setenv("DISPLAY", "")
    with pytest.raises(MediaError, match="no display"):
        require_display()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISPLAY", ":0"),
        ("WAYLAND_DISPLAY", "wayland-1"),
        ("QT_QPA_PLATFORM", "offscreen"),
        ("XDG_SESSION_TYPE", "wayland"),
    ],
)
def test_any_display_will_do(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    require_display()
