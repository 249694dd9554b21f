"""Commands one after the other in a session with a keyring: what each ended with, one JSON line."""

import io
import json
import sys

from rta_viewer.cli.main import run


def main() -> None:
    """Arguments: the profile, the server. First line of standard input: the password."""
    profile, server = sys.argv[1:]
    password = sys.stdin.readline()
    begin = ["--profile", profile, "--verbose"]
    signing_in = ["--user", "demo", "--password-stdin"]
    known = ["--server", server, "--user", "demo"]
    codes = []
    for words, typed in (
        (["servers", "add", server, *signing_in, "--remember"], password),
        (["cameras", *known], ""),
        (["servers", "forget", server], ""),
        (["cameras", *known], ""),
        (["servers", "add", server, *signing_in, "--remember"], password),
        (["servers", "remove", server], ""),
        (["cameras", *known], ""),
    ):
        sys.stdin = io.StringIO(typed)
        codes.append(run([*begin, *words, "--json"]))
    sys.stdout.write(f"{json.dumps(codes)}\n")


if __name__ == "__main__":
    main()
