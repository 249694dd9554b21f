"""A virus scanner that looks at a new file: Windows refuses to rename it until the scanner has done."""

import errno
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def held_at_first(call: Callable[_P, _T], refusals: int = 2) -> Callable[_P, _T]:
    """The same call, refused so many times before."""
    left = refusals

    def held(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        nonlocal left
        if left:
            left -= 1
            raise PermissionError(errno.EACCES, "held")
        return call(*args, **kwargs)

    return held
