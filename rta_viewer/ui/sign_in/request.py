"""What the operator enters to sign in."""

from dataclasses import dataclass

from rta_viewer.core.model import SignInMethod
from rta_viewer.core.secret import Secret


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the operator entered.

    Attributes:
        method: None lets the program find out.
        remember: Keep the password in this computer's keyring.
        look: Find out everything about the server and show it, also when it is known.
        accept_plain: Go on although the password crosses the network unencrypted.
    """

    server: str
    username: str
    password: Secret
    method: SignInMethod | None = None
    remember: bool = False
    look: bool = False
    accept_plain: bool = False
