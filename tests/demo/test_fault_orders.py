import pytest

from rta_viewer.demo.fault_orders import carry_out
from rta_viewer.demo.http_faults import CutBody, Fail, HttpFaults


def test_faults_are_armed_by_lines() -> None:
    faults = HttpFaults()
    carry_out(faults, b'{"fault": "fail_next", "count": 2, "status": 503, "path": "/download"}\n')
    carry_out(faults, b'{"fault": "cut_body", "after_bytes": 9}')
    assert faults.armed == 3
    assert faults.take(Fail, "/x/download") == Fail(503)
    assert faults.take(CutBody, "/x") == CutBody(9)
    carry_out(faults, b'{"fault": "clear"}')
    assert faults.armed == 0


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[]",
        b"{}",
        b'{"fault": "take"}',
        b'{"fault": "drip"}',
        b'{"fault": "drip", "x": 1}',
    ],
)
def test_nonsense_is_refused(line: bytes) -> None:
    faults = HttpFaults()
    with pytest.raises(ValueError, match=r"."):
        carry_out(faults, line)
    assert faults.armed == 0
