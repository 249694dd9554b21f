"""The program with one more command: sign in, hold the secrets in hand, and crash."""

import argparse
import faulthandler
import sys

from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_server, with_recorder
from rta_viewer.cli.main import run
from rta_viewer.core.ports import Recorder


class CrashCommand:
    """Signs in and fails in a way that nobody foresaw."""

    name = "crash"
    help = "crash"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("how", choices=["raise", "fault"])
        add_server(parser)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        def work(recorder: Recorder) -> int:
            pages = list(recorder.cameras(context.cancel))
            password = recorder.stream_access().password.reveal()
            header = recorder._session._sign_in.authorization(context.cancel)  # type: ignore[attr-defined]
            if args.how == "fault":
                faulthandler._sigsegv()  # type: ignore[attr-defined]
            raise RuntimeError(f"unforeseen {password} {header} {len(pages)}")

        return with_recorder(context, args, work)


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:], [CrashCommand()]))
