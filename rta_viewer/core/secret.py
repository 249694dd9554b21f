"""A string that does not show itself by accident."""

import hmac
import weakref
from typing import final

_alive: "dict[int, weakref.ref[Secret]]" = {}


def secrets_alive() -> list[str]:
    """The texts of all secrets that somebody still holds: for whoever keeps them out of logs, no other."""
    held = (reference() for reference in list(_alive.values()))
    return [secret.reveal() for secret in held if secret is not None]


@final
class Secret:
    """Holds a password or token; prints as stars, does not pickle, compares in constant time."""

    __slots__ = ("__weakref__", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        key = id(self)
        _alive[key] = weakref.ref(self, lambda _: _alive.pop(key, None))

    def reveal(self) -> str:
        """The text itself. Call it where it leaves for the signed-in server or the keyring, nowhere else."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(
            self._value.encode(), other._value.encode()
        )

    __hash__ = None  # type: ignore[assignment]  # a hash of a secret would be one more place it leaks to

    def __repr__(self) -> str:
        return "Secret('***')"

    __str__ = __repr__

    def __reduce__(self) -> str | tuple[object, ...]:
        msg = "a secret is never serialised"
        raise TypeError(msg)
