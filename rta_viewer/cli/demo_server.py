"""``rta-viewer demo --server-only``: the embedded recording server as a process of its own.

Prints one JSON line when it is ready and then nothing more; its log goes to standard error. It ends on
SIGTERM, SIGBREAK, Ctrl+C, or when whoever holds its standard input lets go (``--exit-with-stdin``).
"""

import argparse
import contextlib
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from rta_viewer.cli.exit_codes import ExitCode, exit_code
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import Clock
from rta_viewer.core.secret import Secret
from rta_viewer.errors import NetworkError, RtaError, UsageError
from rta_viewer.platform.log import RedactingFormatter

if TYPE_CHECKING:
    from rta_viewer.demo.site import DemoSite
    from rta_viewer.demo.world import World

_log = logging.getLogger(__name__)

_DEFAULT_PASSWORD = "demo"  # noqa: S105 - public by design
_LONGEST_PASSWORD_BYTES = 4096
_HIGHEST_PORT = 65_535
_TURN_S = 0.2
_STDIN = 0
_LONGEST_ORDER_BYTES = 4096
_SIGNALS = ("SIGTERM", "SIGINT", "SIGBREAK")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may follow ``demo``."""
    parser.add_argument(
        "--server-only", action="store_true", help="run the server without a window"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=_port, default=8090, help="REST port, 0 for a free one")
    parser.add_argument("--rtsp-port", type=_port, default=8554, help="RTSP port, 0 for a free one")
    parser.add_argument("--user", default="demo", help="the one user (demo)")
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from the first line of standard input",
    )
    parser.add_argument(
        "--recordings",
        type=Path,
        metavar="DIR",
        help="serve these files: each sub-folder is a camera",
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where generated files are kept")
    parser.add_argument(
        "--lacking",
        type=_names,
        default=frozenset(),
        metavar="A,B",
        help="endpoints to answer with 404: timeline, events, groups, …",
    )
    parser.add_argument(
        "--sign-in",
        type=_names,
        default=frozenset(),
        metavar="A,B",
        help="ways of sign-in to offer: basic, token, openid (all)",
    )
    parser.add_argument(
        "--tls",
        type=Path,
        metavar="DIR",
        help="https and rtsps, with cert.pem and key.pem of this folder; made there if missing",
    )
    parser.add_argument(
        "--exit-with-stdin",
        action="store_true",
        help="end when standard input is closed; its lines order faults, for tests",
    )


def serve(
    args: argparse.Namespace, cache_dir: Path, clock: Clock, cancel: CancelToken | None = None
) -> int:
    """Run the server until it is told to end.

    Signals are heeded when this is called on the main thread.

    Args:
        args: From :func:`add_arguments`.
        cache_dir: Where files are kept unless ``--cache`` says otherwise.
        clock: The world's present.
        cancel: Ends it, too.

    Returns:
        The exit code: 0, or that of the failure that was printed.
    """
    orders: SimpleQueue[str] = SimpleQueue()
    with _log_on_stderr(), _signals_to(orders):
        try:
            return _serve(args, args.cache or cache_dir, clock, cancel or CancelToken(), orders)
        except RtaError as err:
            print(err, file=sys.stderr, flush=True)
            return exit_code(err)


def _serve(
    args: argparse.Namespace,
    cache_dir: Path,
    clock: Clock,
    cancel: CancelToken,
    orders: "SimpleQueue[str]",
) -> int:
    password = _password_from_stdin() if args.password_stdin else Secret(_DEFAULT_PASSWORD)
    with _site(args, cache_dir, clock, password) as site:
        try:
            print(json.dumps({"rest": site.rest_url, "rtsp": site.rtsp_url}), flush=True)
        except OSError as err:
            raise NetworkError("Nobody reads the standard output.") from err
        _log.info("serving %s and %s", site.rest_url, site.rtsp_url)
        if args.exit_with_stdin:
            _watch_stdin(orders, site)
        reason = _wait(orders, cancel)
        _log.info("ending: %s", reason)
    return ExitCode.DONE


def _site(args: argparse.Namespace, cache_dir: Path, clock: Clock, password: Secret) -> "DemoSite":
    from rta_viewer.demo.certificate import server_context
    from rta_viewer.demo.rest.options import ALL_SIGN_INS, RestOptions
    from rta_viewer.demo.site import DemoSite

    try:
        options = RestOptions(accept=args.sign_in or ALL_SIGN_INS, lacking=args.lacking)
    except ValueError as err:
        raise UsageError(f"{str(err).capitalize()}.") from err
    world = _world(args, cache_dir, clock, password)
    return DemoSite(
        world,
        args.port,
        args.rtsp_port,
        host=args.host,
        cache_dir=cache_dir,
        options=options,
        tls=server_context(args.tls) if args.tls is not None else None,
    )


def _world(args: argparse.Namespace, cache_dir: Path, clock: Clock, password: Secret) -> "World":
    from rta_viewer.demo.world import demo_world, recordings_world

    footage = cache_dir / "footage"
    if args.recordings is not None:
        return recordings_world(
            args.recordings, clock, footage, username=args.user, password=password
        )
    return demo_world(clock, footage, username=args.user, password=password)


def _wait(orders: "SimpleQueue[str]", cancel: CancelToken) -> str:
    """In short turns: a signal handler only runs between two steps of the main thread."""
    while not cancel.cancelled:
        with contextlib.suppress(Empty):
            return orders.get(timeout=_TURN_S)
    return "cancelled"


@contextmanager
def _signals_to(orders: "SimpleQueue[str]") -> Iterator[None]:
    """Turn signals into orders while the body runs; ``SimpleQueue.put`` is safe inside a handler."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {
        number: signal.signal(number, lambda got, _: orders.put(signal.Signals(got).name))
        for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch_stdin(orders: "SimpleQueue[str]", site: "DemoSite") -> None:
    """Order the end when standard input is closed; until then, each line orders a fault.

    Reads the descriptor itself: a thread that dies inside ``sys.stdin`` holds its lock, and the
    interpreter could not end. The thread cannot be woken, so it ends with the process.
    """

    def body() -> None:
        line = b""
        with contextlib.suppress(OSError):
            while data := os.read(_STDIN, _LONGEST_ORDER_BYTES):
                *lines, line = (line + data)[-_LONGEST_ORDER_BYTES:].split(b"\n")
                for one in lines:
                    _order_fault(site, one)
        orders.put("standard input was closed")

    threading.Thread(target=body, name="demo-stdin", daemon=True).start()


def _order_fault(site: "DemoSite", line: bytes) -> None:
    from rta_viewer.demo.fault_orders import carry_out

    try:
        carry_out(site.faults, line)
    except ValueError as err:
        _log.warning("no such fault: %s", err)


def _password_from_stdin() -> Secret:
    """The first line, byte by byte, so that what follows stays for :func:`_watch_stdin`."""
    line = bytearray()
    while (byte := os.read(_STDIN, 1)) not in {b"", b"\n"}:
        line += byte
        if len(line) > _LONGEST_PASSWORD_BYTES:
            raise UsageError("The password on standard input is too long.")
    try:
        password = line.decode().removesuffix("\r")
    except UnicodeDecodeError as err:
        raise UsageError("The password on standard input is not UTF-8.") from err
    if not password:
        raise UsageError("There is no password on standard input.", "Send it as the first line.")
    return Secret(password)


@contextmanager
def _log_on_stderr() -> Iterator[None]:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(min(level, logging.INFO))
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text} is no port; give 0 to {_HIGHEST_PORT}")
    return int(text)


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())
