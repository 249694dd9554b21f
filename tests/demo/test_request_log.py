import threading

from rta_viewer.demo.request_log import LoggedRequest, RequestLog


def _entry(path: str, **more: object) -> LoggedRequest:
    return LoggedRequest("http", "GET", path, **more)  # type: ignore[arg-type]


def test_that_credentials_came_is_kept_but_not_which() -> None:
    entry = _entry(
        "/a", headers={"Authorization": "Basic c2VjcmV0", "Range": "bytes=1-", "Cookie": "c"}
    )
    assert entry.auth_scheme == "basic"
    assert entry.headers == {"range": "bytes=1-"}
    assert "c2VjcmV0" not in repr(vars(entry))
    assert "c2VjcmV0" not in str(entry)


def test_credential_like_parameters_are_starred_and_others_stay_as_they_came() -> None:
    assert _entry("/a", query="start=2025-10-24T10:00:00Z&x=%20").query == (
        "start=2025-10-24T10:00:00Z&x=%20"
    )
    starred = _entry("/a", query="token=geheim&Password=p&limit=1").query
    assert "geheim" not in starred
    assert "limit=1" in starred
    assert starred.count("%2A%2A%2A") == 2


def test_entries_are_found_by_path_method_and_protocol() -> None:
    log = RequestLog()
    for path in ("/cameras", "/cameras/1", "/events"):
        log.add(_entry(path))
    log.add(LoggedRequest("rtsp", "PLAY", "/playback/1"))
    assert log.count("/cameras") == 2
    assert log.count(method="PLAY", protocol="rtsp") == 1
    assert log.count(protocol="http") == 3
    log.clear()
    assert log.entries() == []


def test_the_oldest_are_forgotten_beyond_the_limit() -> None:
    log = RequestLog(limit=2)
    for path in ("/1", "/2", "/3"):
        log.add(_entry(path))
    assert [entry.path for entry in log.entries()] == ["/2", "/3"]


def test_waiting_sees_status_and_bytes_that_come_later() -> None:
    log = RequestLog()
    entry = _entry("/file")

    def later() -> None:
        log.add(entry)
        log.answered(entry, 206)
        log.sent(entry, 10)
        log.sent(entry, 5)

    thread = threading.Thread(target=later)
    thread.start()
    assert log.wait_for(lambda seen: seen.status == 206 and seen.sent_bytes == 15) is entry
    thread.join()
    assert log.wait_for(lambda seen: seen.path == "/never", timeout_s=0.01) is None
