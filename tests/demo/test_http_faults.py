import threading

import pytest

from rta_viewer.demo.http_faults import (
    CutBody,
    Fail,
    HttpFaults,
    IgnoreRange,
    LengthLie,
    ReportProgress,
)


def test_a_fault_is_used_up_by_as_many_matching_requests_as_were_named() -> None:
    faults = HttpFaults()
    faults.fail_next(2, 503, path="/timeline")
    assert faults.take(Fail, "/cameras") is None
    assert faults.take(CutBody, "/timeline") is None
    assert faults.armed == 2
    assert [faults.take(Fail, "/x/timeline") is not None for _ in range(3)] == [True, True, False]
    assert faults.armed == 0


def test_faults_of_one_kind_are_used_in_the_order_they_were_armed() -> None:
    faults = HttpFaults()
    faults.report_progress(50, 20, 60)
    seen = [faults.take(ReportProgress, "/export/1") for _ in range(3)]
    assert [fault.percent for fault in seen if fault] == [50, 20, 60]


def test_clear_disarms_everything() -> None:
    faults = HttpFaults()
    faults.ignore_range(count=5)
    faults.cut_body(10)
    faults.clear()
    assert faults.armed == 0
    assert faults.take(IgnoreRange, "/") is None


def test_a_word_that_is_no_lie_is_refused_when_armed() -> None:
    with pytest.raises(ValueError, match="huge"):
        HttpFaults().lie_about_length("huge")
    assert LengthLie("more") is LengthLie.MORE


def test_many_threads_use_up_exactly_what_was_armed() -> None:
    faults = HttpFaults()
    faults.fail_next(100, 500)
    taken: list[object] = []

    def work() -> None:
        for _ in range(40):
            if faults.take(Fail, "/"):
                taken.append(1)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 100
