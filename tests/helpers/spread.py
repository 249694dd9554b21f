"""Several processes share the suite (``pytest -n 2``): which tests stay together, and what begins.

The tests of a file share what its fixtures made, so a file is never divided. What plays in real time or
shows windows is one unit over all its files: such a test would see a processor that another one takes as a
picture that comes late, and a screen has only one keyboard focus. That unit mostly waits, so that the others
compute meanwhile.
"""

import pytest

REAL_TIME = ("tests/benchmarks/", "tests/e2e/", "tests/player/")
LONG = ("tests/test_house.py",)
"""Files that take long, and would be alone at the end."""


def unit_of(node_id: str) -> str:
    """The name of what a test is run together with."""
    path = node_id.split("::", 1)[0]
    return "real time" if path.startswith(REAL_TIME) else path


def long_ones_first(items: list[pytest.Item]) -> None:
    """Put the units first that would be waited for at the end; otherwise the order stays."""
    items.sort(key=lambda item: not item.nodeid.startswith((*REAL_TIME, *LONG)))


def make_scheduler(config: pytest.Config, log: object) -> object:
    """Hands whole units to the processes, in the order of :func:`long_ones_first`."""
    from xdist.scheduler import LoadScopeScheduling

    class UnitScheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return unit_of(nodeid)

    config.option.loadscopereorder = False
    return UnitScheduling(config, log)
