import ctypes
from types import SimpleNamespace

import pytest

from rta_viewer.platform.motion import prefers_reduced_motion


@pytest.mark.parametrize(
    ("answered", "shown", "reduced"), [(1, 0, True), (1, 1, False), (0, 0, False)]
)
def test_windows_is_asked(
    monkeypatch: pytest.MonkeyPatch, answered: int, shown: int, reduced: bool
) -> None:
    def ask(action: int, _size: int, into: object, _flags: int) -> int:
        assert action == 0x1042
        into._obj.value = shown  # type: ignore[attr-defined]
        return answered

    user32 = SimpleNamespace(SystemParametersInfoW=ask)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    assert prefers_reduced_motion() is reduced


def test_elsewhere_nobody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(ctypes, "windll", raising=False)
    assert not prefers_reduced_motion()
