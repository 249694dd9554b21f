import threading

from pytestqt.qtbot import QtBot

from rta_viewer.qt.mailbox import Mailbox


def test_the_latest_of_each_arrives_at_once(qtbot: QtBot) -> None:
    box = Mailbox(20)

    def work() -> None:
        for number in range(1000):
            box.put(number % 3, number)

    thread = threading.Thread(target=work)
    with qtbot.waitSignal(box.arrived) as caught:
        thread.start()
        thread.join(10)
    assert caught.args == [[999, 997, 998]]


def test_what_comes_soon_after_waits_and_nothing_is_lost(qtbot: QtBot) -> None:
    box = Mailbox(50)
    seen: list[object] = []
    box.arrived.connect(seen.append)
    box.put("a", 1)
    qtbot.waitUntil(lambda: seen == [[1]])
    box.put("a", 2)
    box.put("b", 3)
    box.put("a", 4)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[1] == [4, 3]
    qtbot.waitUntil(lambda: not box._timer.isActive())
    box.put("c", 5)
    qtbot.waitUntil(lambda: seen[2:] == [[5]])
    qtbot.waitUntil(lambda: not box._timer.isActive())


def test_a_closed_box_delivers_nothing(qtbot: QtBot) -> None:
    box = Mailbox(10)
    seen: list[object] = []
    box.arrived.connect(seen.append)
    box.put("a", 1)
    box.close()
    box.put("a", 2)
    qtbot.wait(1)
    assert seen == []
