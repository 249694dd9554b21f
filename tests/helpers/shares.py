"""A network share whose server has gone."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def share_is_away(folder: Path) -> Iterator[None]:
    """Whatever is asked about it or opened in it ends in an error, none of those of a missing file."""

    def refusing(really: Callable[..., Any]) -> Callable[..., Any]:
        def is_stale(path: Any, *more: Any, **by_name: Any) -> Any:
            if isinstance(path, str | Path) and Path(path).is_relative_to(folder):
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))
            return really(path, *more, **by_name)

        return is_stale

    with pytest.MonkeyPatch.context() as patched:
        for module, name in ((os, "stat"), (os, "lstat"), (io, "open")):
            patched.setattr(module, name, refusing(getattr(module, name)))
        yield
