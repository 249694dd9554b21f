import threading

from rta_viewer.media.rtsp.keep_alive import KeepAlive


def test_beats_until_it_is_closed() -> None:
    beaten = threading.Semaphore(0)
    keep_alive = KeepAlive(0.01, beaten.release)
    assert beaten.acquire(timeout=5)
    assert beaten.acquire(timeout=5)
    keep_alive.close()
    keep_alive.close()
    assert not any(thread.name == "rtsp-keep-alive" for thread in threading.enumerate())
