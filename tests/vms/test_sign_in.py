import threading

import pytest

from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.errors import Cancelled, NetworkError, SignInError
from rta_viewer.vms.sign_in import BasicSignIn, BearerSignIn, offered_schemes
from rta_viewer.vms.wire import TokenGrant


class Tokens:
    """A token endpoint that counts."""

    def __init__(self, lifetime_s: float | None = 100.0) -> None:
        self.asked = 0
        self.lifetime_s = lifetime_s
        self.error: Exception | None = None

    def __call__(self, cancel: CancelToken) -> TokenGrant:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return TokenGrant(Secret(f"t{self.asked}"), self.lifetime_s)


CANCEL = CancelToken()


def bearer(tokens: Tokens) -> tuple[BearerSignIn, ManualClock]:
    clock = ManualClock(0)
    return BearerSignIn(SignInMethod.TOKEN, tokens, clock), clock


def test_basic_is_utf8() -> None:
    sign_in = BasicSignIn("Aladdin", Secret("open sesame"))
    assert sign_in.authorization(CANCEL) == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    assert BasicSignIn("ä", Secret("€")).authorization(CANCEL) == "Basic w6Q64oKs"
    assert sign_in.renewed("Basic x", CANCEL) is None
    with pytest.raises(SignInError):
        BasicSignIn("a:b", Secret("x"))


def test_a_token_is_used_until_shortly_before_its_end() -> None:
    tokens = Tokens(lifetime_s=100)
    sign_in, clock = bearer(tokens)
    assert sign_in.authorization(CANCEL) == "Bearer t1"
    clock.advance(79)
    assert sign_in.authorization(CANCEL) == "Bearer t1"
    clock.advance(2)
    assert sign_in.authorization(CANCEL) == "Bearer t2"
    assert tokens.asked == 2


def test_a_lifetime_that_was_not_said_is_short() -> None:
    tokens = Tokens(lifetime_s=None)
    sign_in, clock = bearer(tokens)
    sign_in.authorization(CANCEL)
    clock.advance(301)
    assert sign_in.authorization(CANCEL) == "Bearer t2"


def test_an_early_renewal_that_fails_leaves_the_old_token() -> None:
    tokens = Tokens(lifetime_s=100)
    sign_in, clock = bearer(tokens)
    sign_in.authorization(CANCEL)
    tokens.error = NetworkError("down")
    clock.advance(85)
    assert sign_in.authorization(CANCEL) == "Bearer t1"
    assert sign_in.authorization(CANCEL) == "Bearer t1"
    assert tokens.asked == 2
    clock.advance(16)
    with pytest.raises(NetworkError):
        sign_in.authorization(CANCEL)


def test_a_refused_token_is_renewed_once_for_twenty_threads() -> None:
    tokens = Tokens()
    sign_in, _ = bearer(tokens)
    refused = sign_in.authorization(CANCEL)
    barrier = threading.Barrier(20)
    got: list[str | None] = []

    def renew() -> None:
        barrier.wait(10)
        got.append(sign_in.renewed(refused, CANCEL))

    threads = [threading.Thread(target=renew) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == ["Bearer t2"] * 20
    assert tokens.asked == 2


def test_refused_credentials_are_not_tried_again() -> None:
    tokens = Tokens()
    tokens.error = SignInError("wrong")
    sign_in, _ = bearer(tokens)
    for _ in range(5):
        with pytest.raises(SignInError, match="wrong"):
            sign_in.authorization(CANCEL)
    assert tokens.asked == 1


def test_waiting_for_another_threads_renewal_can_be_cancelled() -> None:
    inside, leave = threading.Event(), threading.Event()

    def ask(cancel: CancelToken) -> TokenGrant:
        inside.set()
        assert leave.wait(10)
        return TokenGrant(Secret("t"), 100)

    sign_in = BearerSignIn(SignInMethod.OPENID, ask, ManualClock(0))
    thread = threading.Thread(target=lambda: sign_in.authorization(CANCEL))
    thread.start()
    assert inside.wait(10)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        sign_in.authorization(token)
    leave.set()
    thread.join()


@pytest.mark.parametrize(
    ("header", "schemes"),
    [
        ('Basic realm="x", charset="UTF-8"', {"basic"}),
        ('Bearer realm="x", error="invalid_token", Basic realm="y"', {"bearer", "basic"}),
        ("Negotiate, NTLM", {"negotiate", "ntlm"}),
        ("bearer", {"bearer"}),
        ('Other realm="Basic things"', set()),
        ("", set()),
    ],
)
def test_challenges(header: str, schemes: set[str]) -> None:
    assert offered_schemes(header) == schemes
