"""Everything that goes wrong on a server or on this computer, against the embedded server over real HTTP.

What each transfer ends with is either the file, byte for byte, or a true reason, and then the cure works.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.fault_ground import Ground, fault_ground


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with fault_ground(tmp_path) as made:
        yield made
