import pytest

from rta_viewer.core.servers import is_served_by


@pytest.mark.parametrize(
    ("asked", "signed_in", "is_same"),
    [
        ("http://recorder", "http://recorder", True),
        ("https://recorder", "https://recorder", True),
        ("http://recorder", "https://recorder", True),
        ("http://recorder:8090", "https://recorder:8090", True),
        ("https://recorder", "http://recorder", False),
        ("http://recorder", "https://recorder:8443", False),
        ("http://recorder", "https://other", False),
        ("", "https://", False),
        ("http://", "", False),
    ],
)
def test_a_server_that_speaks_tls_by_now_is_the_same(
    asked: str, signed_in: str, is_same: bool
) -> None:
    assert is_served_by((asked, "demo"), (signed_in, "demo")) is is_same
    assert not is_served_by((asked, "demo"), (signed_in, "other"))
