import pytest

from rta_viewer.qt.gathered import Gathered


def test_alone_each_is_told_and_together_they_are_told_once() -> None:
    told: list[str] = []
    changes = Gathered(lambda: told.append("changed"))
    changes.changed()
    changes.changed()
    assert len(told) == 2
    with changes.together():
        changes.changed()
        with changes.together():
            changes.changed()
        assert len(told) == 2
    assert len(told) == 3
    changes.changed()
    assert len(told) == 4


def test_nothing_is_told_of_nothing() -> None:
    told: list[str] = []
    with Gathered(lambda: told.append("changed")).together():
        pass
    assert told == []


def test_what_had_changed_before_an_error_is_told() -> None:
    told: list[str] = []
    changes = Gathered(lambda: told.append("changed"))

    def fail() -> None:
        with changes.together():
            changes.changed()
            msg = "no"
            raise ValueError(msg)

    with pytest.raises(ValueError, match="no"):
        fail()
    assert told == ["changed"]
