import threading

from rta_viewer.demo.rtsp.outlet import Outlet, OutletStream

WAIT_S = 5


class Putter(threading.Thread):
    """Puts one batch on its own thread and keeps what came of it."""

    def __init__(self, outlet: Outlet, stream: OutletStream[int], data: bytes, mark: int) -> None:
        super().__init__(daemon=True)
        self._work = (outlet, stream, data, mark)
        self.waited_s: float | None = -1.0
        self.start()

    def run(self) -> None:
        outlet, stream, data, mark = self._work
        self.waited_s = outlet.put(stream, [data], mark)


def outlet_of(limit: int) -> tuple[Outlet, list[int]]:
    woken: list[int] = []
    return Outlet(limit, lambda: woken.append(1)), woken


def test_keeps_the_order_of_media_and_answers() -> None:
    outlet, woken = outlet_of(100)
    stream = OutletStream(0)
    outlet.put(stream, [b"a", b"b"], 1)
    outlet.answer(b"ANSWER")
    outlet.put(stream, [b"c"], 2)
    assert outlet.answers_pending == 6
    assert outlet.take() == b"abANSWERc"
    assert (outlet.take(), outlet.empty, outlet.answers_pending) == (b"", True, 0)
    assert woken


def test_a_full_outlet_makes_its_sender_wait_until_there_is_room() -> None:
    outlet, _ = outlet_of(10)
    stream = OutletStream(0)
    assert outlet.put(stream, [b"x" * 25], 1) is not None
    waiting = Putter(outlet, stream, b"y" * 5, 2)
    waiting.join(0.1)
    assert waiting.is_alive()
    assert outlet.media_pending == 25
    outlet.take()
    waiting.join(WAIT_S)
    assert not waiting.is_alive()
    assert outlet.take() == b"y" * 5


def test_revoking_releases_the_sender_and_drops_what_has_not_left() -> None:
    outlet, _ = outlet_of(10)
    old, new = OutletStream(0), OutletStream(0)
    outlet.put(old, [b"1" * 4], 1)
    assert outlet.take() == b"1111"
    outlet.put(old, [b"2" * 9], 2)
    waiting = Putter(outlet, old, b"3" * 9, 3)
    outlet.answer(b"A")
    assert outlet.revoke(old, drop=True) == 1
    waiting.join(WAIT_S)
    assert waiting.waited_s is None
    outlet.put(new, [b"n"], 1)
    assert outlet.take() == b"An"
    assert outlet.put(old, [b"late"], 4) is None
    assert outlet.media_pending == 0


def test_revoking_without_dropping_lets_the_rest_leave() -> None:
    outlet, _ = outlet_of(10)
    stream = OutletStream(0)
    outlet.put(stream, [b"1"], 1)
    outlet.put(stream, [b"2"], 2)
    assert outlet.revoke(stream, drop=False) == 2
    assert outlet.take() == b"12"


def test_finish_takes_nothing_more_and_close_releases_all() -> None:
    outlet, _ = outlet_of(10)
    stream = OutletStream(0)
    outlet.put(stream, [b"x" * 10], 1)
    waiting = Putter(outlet, stream, b"y", 2)
    outlet.finish()
    waiting.join(WAIT_S)
    assert waiting.waited_s is None
    assert not outlet.drained
    outlet.answer(b"late")
    assert outlet.take() == b"x" * 10
    assert outlet.drained
    outlet.close()
    assert outlet.put(stream, [b"z"], 3) is None
