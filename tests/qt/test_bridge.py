import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from rta_viewer.core.playback import PlaybackState, PlaybackStatus
from rta_viewer.core.ports import Picture
from rta_viewer.qt.bridge import ListenerBridge


def picture(number: int) -> Picture:
    return Picture(1, 1, 4, bytes([number, 0, 0, 0]), float(number))


def from_another_thread(work) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_the_latest_of_a_flood_arrives_once_on_the_gui_thread(qtbot: QtBot) -> None:
    bridge, seen, gui = ListenerBridge(), [], QThread.currentThread()
    bridge.picture_arrived.connect(lambda p: seen.append((p.data[0], QThread.currentThread())))
    from_another_thread(lambda: [bridge.picture_shown(picture(n)) for n in range(100)])
    qtbot.waitUntil(lambda: seen != [])
    qtbot.wait(20)
    assert seen == [(99, gui)]


def test_status_and_picture_travel_together_and_again_later(qtbot: QtBot) -> None:
    bridge, seen = ListenerBridge(), []
    bridge.picture_arrived.connect(lambda p: seen.append(p.instant_ms))
    bridge.status_arrived.connect(lambda s: seen.append(s.state))
    from_another_thread(
        lambda: (
            bridge.picture_shown(picture(1)),
            bridge.status_changed(PlaybackStatus(PlaybackState.PAUSED)),
        )
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    from_another_thread(lambda: bridge.picture_shown(picture(2)))
    qtbot.waitUntil(lambda: len(seen) == 3)
    assert sorted(seen, key=str) == [1.0, 2.0, PlaybackState.PAUSED]


def test_they_arrive_in_the_order_in_which_the_latest_of_each_was_sent(qtbot: QtBot) -> None:
    bridge, seen = ListenerBridge(), []
    bridge.picture_arrived.connect(lambda p: seen.append(p.instant_ms))
    bridge.status_arrived.connect(lambda s: seen.append(s.state))
    nothing_here = PlaybackStatus(PlaybackState.NO_FOOTAGE)
    from_another_thread(
        lambda: (bridge.picture_shown(picture(1)), bridge.status_changed(nothing_here))
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    from_another_thread(
        lambda: (
            bridge.picture_shown(picture(2)),
            bridge.status_changed(nothing_here),
            bridge.picture_shown(picture(3)),
        )
    )
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert seen == [1.0, PlaybackState.NO_FOOTAGE, PlaybackState.NO_FOOTAGE, 3.0]


def test_nothing_arrives_after_close(qtbot: QtBot) -> None:
    bridge, seen = ListenerBridge(), []
    bridge.picture_arrived.connect(seen.append)
    from_another_thread(lambda: bridge.picture_shown(picture(1)))
    bridge.close()
    from_another_thread(lambda: bridge.picture_shown(picture(2)))
    qtbot.wait(20)
    assert seen == []
