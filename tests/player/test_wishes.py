from rta_viewer.player.wishes import (
    Event,
    Run,
    Scrub,
    Seek,
    Speed,
    Step,
    Trim,
    Wait,
    WishBox,
)


def drain(box):
    found = []
    while (wish := box.take(0)[0]) is not None:
        found.append(wish)
    return found


def test_a_seek_replaces_what_came_before_but_keeps_news_and_speed():
    box = WishBox()
    news = Event(object(), "ended")
    for wish in (Scrub(1), Step(2), Run(True), Speed(2.0), news, Seek(5, False), Seek(6, True)):
        box.post(wish)
    assert drain(box) == [Speed(2.0), news, Seek(6, True)]


def test_a_scrub_replaces_waiting_scrubs_and_seeks():
    box = WishBox()
    for wish in (Seek(1, True), Scrub(2), Run(False), Scrub(3)):
        box.post(wish)
    assert drain(box) == [Run(False), Scrub(3)]


def test_steps_in_a_row_become_one():
    box = WishBox()
    for wish in (Step(1), Step(1), Step(-3), Run(True), Step(1)):
        box.post(wish)
    assert drain(box) == [Step(-1), Run(True), Step(1)]


def test_a_seek_interrupts_what_is_being_done():
    box = WishBox()
    box.post(Seek(1, True))
    _wish, cancel = box.take(0)
    assert not cancel.cancelled
    box.post(Scrub(2))
    assert not cancel.cancelled
    box.post(Seek(3, True))
    assert cancel.cancelled


def test_a_closed_box_takes_nothing_and_interrupts():
    box = WishBox()
    box.post(Seek(1, True))
    _wish, cancel = box.take(0)
    box.close()
    box.post(Seek(2, True))
    assert cancel.cancelled
    wish, late = box.take(0)
    assert wish is None
    assert late.cancelled


def test_work_is_superseded_by_wishes_and_not_by_news():
    box = WishBox()
    box.post(Scrub(1))
    box.take(0)
    superseded = box.superseded
    for passing in (Event(object(), "noted"), Trim(1.05), Wait(0.1)):
        box.post(passing)
    assert not superseded.cancelled
    box.post(Scrub(2))
    assert superseded.cancelled


def test_work_is_superseded_from_the_start_when_more_is_waiting():
    box = WishBox()
    for wish in (Step(1), Run(True), Event(object(), "noted")):
        box.post(wish)
    box.take(0)
    assert box.superseded.cancelled
    box.take(0)
    assert not box.superseded.cancelled
    box.close()
    assert box.superseded.cancelled
