"""Run inside a private D-Bus session: what the program's keyring does there, one JSON line."""

import importlib.metadata
import json
import os
import sys
from collections.abc import Callable

from rta_viewer.core.secret import Secret
from rta_viewer.errors import StorageError
from rta_viewer.platform.credentials import KeyringCredentials

SERVER, USER = "https://recorder.example", "anna"
LIMIT_S = 5.0


def be_packaged() -> None:
    """From now on this is a packaged program, with another keyring in its environment."""

    def none_are_there(**_asked: object) -> None:
        raise RuntimeError("a packaged program has no entry points")

    sys.frozen = True  # type: ignore[attr-defined]
    importlib.metadata.entry_points = none_are_there  # type: ignore[assignment]
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyrings.alt.file.PlaintextKeyring"


def main() -> None:
    """First line of standard input: the password. Arguments: what to do, in this order."""
    password = Secret(sys.stdin.readline().rstrip("\n"))
    store = KeyringCredentials(time_limit_s=LIMIT_S)
    actions: dict[str, Callable[[], object]] = {
        "save": lambda: store.save(SERVER, USER, password),
        "load": lambda: store.load(SERVER, USER) == password,
        "load another": lambda: store.load(SERVER, "bob"),
        "forget": lambda: store.forget(SERVER, USER),
        "gone": lambda: store.load(SERVER, USER) is None,
        "reason": store.unavailable_reason,
        "packaged": be_packaged,
    }
    results: list[object] = []
    for name in sys.argv[1:]:
        try:
            results.append(actions[name]())
        except StorageError as err:
            results.append(str(err))
    store.close()
    sys.stdout.write(f"{json.dumps(results)}\n")


if __name__ == "__main__":
    main()
