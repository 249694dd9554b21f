"""Which server, which user, which camera: the arguments that all server commands share.

The password comes from a prompt or from standard input, never from the command line (other users of the
computer can read that) and never from the environment (child processes inherit it).
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import TextIO, TypeVar

from rta_viewer.cli.arguments import refuse_what_is_no_text
from rta_viewer.cli.command import Context
from rta_viewer.cli.interrupt import run_interruptible
from rta_viewer.cli.known import entry_for, recorder_for, saved_password, warn_of_plain_http
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.model import Camera, ServerInfo, SignInMethod
from rta_viewer.core.ports import Recorder
from rta_viewer.core.secret import Secret
from rta_viewer.core.texts import is_text
from rta_viewer.errors import Cancelled, NotFoundError, NotOfferedError, UsageError

LONGEST_PASSWORD = 4096
_CLOSEST = 3
_T = TypeVar("_T")


def add_server(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """The server's arguments, and ``--json``."""
    group = parser.add_argument_group("server")
    group.add_argument(
        "--server", metavar="URL", required=required, help="address of the recording server"
    )
    group.add_argument("--user", metavar="NAME", required=required, help="user to sign in as")
    add_access(parser, group)


def add_access(parser: argparse.ArgumentParser, group: "argparse._ArgumentGroup") -> None:
    """How to sign in and what to trust, and ``--json``."""
    group.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input (one line) instead of asking for it",
    )
    group.add_argument(
        "--sign-in",
        dest="method",
        type=_way,
        metavar="WAY",
        help="basic, token or openid; found out if not given",
    )
    group.add_argument(
        "--stream-host",
        default="",
        metavar="HOST",
        help="fetch streams from this host instead of the one that the server names",
    )
    group.add_argument(
        "--trusted-host",
        action="append",
        default=[],
        metavar="HOST",
        help="another host that may get the credentials (may be given several times)",
    )
    group.add_argument(
        "--insecure",
        action="store_true",
        help="accept a certificate that cannot be checked: anybody in between could read the password",
    )
    group.add_argument(
        "--pin",
        action="append",
        default=[],
        metavar="FINGERPRINT",
        help="take only the certificate with this SHA-256 fingerprint (may be given several times)",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def _way(text: str) -> SignInMethod:
    try:
        return SignInMethod(text)
    except ValueError as err:
        ways = ", ".join(SignInMethod)
        raise argparse.ArgumentTypeError(f"{text!r} is none of {ways}") from err


def add_camera(parser: argparse.ArgumentParser) -> None:
    """The camera's argument."""
    parser.add_argument(
        "camera", metavar="CAMERA", help="a camera's id, or its name if only it has it"
    )


def with_recorder(context: Context, args: argparse.Namespace, work: Callable[[Recorder], _T]) -> _T:
    """Ask for the password, sign in, do the work so that Ctrl+C ends it, close the connection.

    Raises:
        UsageError: No password, or an address that is none.
        SignInError, ServerError, NetworkError: As :meth:`Recorder.sign_in`.
    """
    return with_signed_in(context, args, lambda recorder, _: work(recorder))


def with_signed_in(
    context: Context, args: argparse.Namespace, work: Callable[[Recorder, ServerInfo], _T]
) -> _T:
    """The same for work that needs to know what the server said of itself."""
    refuse_what_is_no_text(args, "user")
    password = saved_password(context, args) or read_password(args)

    def body() -> _T:
        recorder = connect(context, args, password)
        try:
            info = recorder.sign_in(context.cancel)
            warn_of_plain_http(context, args, info)
            return work(recorder, info)
        finally:
            recorder.close()

    return run_interruptible(body, context.cancel)


def connect(context: Context, args: argparse.Namespace, password: Secret) -> Recorder:
    """A recorder for the arguments and for what is known of that server; nothing is sent yet."""
    return recorder_for(context, entry_for(context, args), password, args.method)


def read_password(args: argparse.Namespace) -> Secret:
    """From standard input or from a prompt; raises UsageError when there is neither, and Cancelled."""
    # None where the program was started without one.
    stdin: TextIO | None = sys.stdin
    if args.password_stdin:
        return Secret(_piped_line(stdin).removesuffix("\n").removesuffix("\r"))
    if stdin is None or not stdin.isatty():
        raise UsageError(
            "There is no terminal to ask for the password.", "Use --password-stdin and pipe it in."
        )
    try:
        return Secret(getpass.getpass(f"Password of {args.user}: ", sys.stderr))
    except (EOFError, KeyboardInterrupt) as err:
        raise Cancelled from err


def _piped_line(stdin: TextIO | None) -> str:
    line = stdin.readline(LONGEST_PASSWORD + 1) if stdin is not None else ""
    if not line:
        raise UsageError("Standard input held no password.", "Pipe it in, followed by a line end.")
    if len(line) > LONGEST_PASSWORD:
        raise UsageError("The password on standard input is too long.")
    if not is_text(line):
        raise UsageError(
            "The password on standard input is not UTF-8.", "Set this console to UTF-8."
        )
    return line


def find_camera(recorder: Recorder, wanted: str, cancel: CancelToken) -> Camera:
    """The camera with that id, or the only one with that name, upper and lower case alike.

    A server without a camera list is taken at its word: ``wanted`` is an id then.

    Raises:
        NotFoundError: There is none.
        UsageError: Several have that name.
    """
    return find_cameras(recorder, [wanted], cancel)[0]


def find_cameras(recorder: Recorder, wanted: Sequence[str], cancel: CancelToken) -> list[Camera]:
    """The same for several, each as often as it is wanted; the list is asked for once."""
    try:
        cameras = [camera for page in recorder.cameras(cancel) for camera in page]
    except NotOfferedError:
        return [Camera(camera_id=each, name=each) for each in wanted]
    return [_the_one(cameras, each) for each in wanted]


def _the_one(cameras: Sequence[Camera], wanted: str) -> Camera:
    by_id = next((camera for camera in cameras if camera.camera_id == wanted), None)
    if by_id is not None:
        return by_id
    named = [camera for camera in cameras if camera.name.casefold() == wanted.casefold()]
    if len(named) > 1:
        ids = ", ".join(camera.camera_id for camera in named)
        raise UsageError(f"{len(named)} cameras are called {wanted!r}.", f"Use an id: {ids}.")
    if not named:
        raise NotFoundError(
            f"There is no camera {wanted!r} on this server.", _did_you_mean(wanted, cameras)
        )
    return named[0]


def _did_you_mean(wanted: str, cameras: Sequence[Camera]) -> str:
    close = get_close_matches(wanted, [camera.name for camera in cameras], _CLOSEST)
    names = " or ".join(repr(name) for name in close)
    return f"Did you mean {names}?" if close else "The command cameras lists those that there are."
