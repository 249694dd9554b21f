"""``rta-viewer servers``: the servers that are known here, and finding out about one."""

import argparse
import stat
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rta_viewer.cli.arguments import refuse_what_is_no_text
from rta_viewer.cli.command import Context
from rta_viewer.cli.connection import add_access, read_password
from rta_viewer.cli.exit_codes import ExitCode
from rta_viewer.cli.interrupt import run_interruptible
from rta_viewer.cli.known import entry_for, recorder_for, saved_password
from rta_viewer.cli.output import certificate_document, table
from rta_viewer.core.discovery import Finding
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import ServerEntry
from rta_viewer.errors import NotFoundError, RtaError, StorageError, UsageError
from rta_viewer.platform.credentials import KeyringCredentials
from rta_viewer.platform.server_lists import read_list, write_list
from rta_viewer.platform.settings import (
    Settings,
    SettingsStore,
    server_to_json,
)
from rta_viewer.platform.site import load_site

_MARKS = {"good": "ok", "note": "note", "bad": "FAILED", "unknown": "?"}


class ServersCommand:
    """Adds, lists, tests, removes, forgets, exports and imports servers."""

    name = "servers"
    help = "add, list, test and remove recording servers"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=list(_ACTIONS),
            metavar="ACTION",
            help="add, list, test, remove, forget (the saved password), export or import",
        )
        parser.add_argument(
            "target", nargs="?", default="", metavar="ADDRESS|FILE", help="a server, or a file"
        )
        group = parser.add_argument_group("server")
        group.add_argument("--user", metavar="NAME", default="", help="user to sign in as")
        group.add_argument(
            "--remember", action="store_true", help="keep the password in this computer's keyring"
        )
        group.add_argument(
            "--allow-basic",
            action="store_true",
            help="streams may be signed in to by Basic without TLS: the password can be read on the way",
        )
        add_access(parser, group)

    def run(self, context: Context, args: argparse.Namespace) -> int:
        if (args.action == "list") == bool(args.target):
            raise UsageError(
                "list takes no address."
                if args.target
                else f"servers {args.action} needs to know which: an address, or a file.",
                "rta-viewer servers --help explains the words.",
            )
        refuse_what_is_no_text(args, "user")
        args.server = args.target
        return _ACTIONS[args.action](context, args)


def _list(context: Context, _args: argparse.Namespace) -> int:
    from rta_viewer.vms.address import same_server

    site = load_site()
    entries = site.servers_with(_settings(context).servers, same_server)
    documents = [
        {**server_to_json(entry), "from_site": site.sets(entry.address, same_server)}
        for entry in entries
    ]
    rows = [("ADDRESS", "USER", "TRUST"), *((e.address, e.username, _trust(e)) for e in entries)]
    lines = table(rows) if entries else ["No server is known. servers add ADDRESS adds one."]
    context.output.result({"servers": documents}, lines)
    return ExitCode.DONE


def _trust(entry: ServerEntry) -> str:
    if entry.pins:
        return f"pinned {', '.join(entry.pins)}"
    if entry.address.startswith("http://"):
        return "no TLS"
    return "trusted certificates" if entry.verify_tls else "NOT CHECKED"


def _add(context: Context, args: argparse.Namespace) -> int:
    site, store = load_site(), _store(context)
    if args.remember and site.forbid_saved_passwords:
        raise UsageError(
            "The administrator of this computer does not allow saved passwords.",
            "Leave --remember out.",
        )
    password = _password(context, args)
    entry, document = _looked_at(context, args, password)
    settings = store.load().settings
    store.save(settings.with_server(entry))
    if args.remember:
        document["remembered"] = _remember(context, entry, password)
    context.output.result(document, [f"Added {entry.address}."])
    return ExitCode.DONE


def _remember(context: Context, entry: ServerEntry, password: Secret) -> bool:
    """A keyring that does not work is no reason not to know the server."""
    credentials = KeyringCredentials()
    try:
        credentials.save(entry.address, entry.username, password)
    except StorageError as err:
        context.output.note(f"The password was not kept. {err}")
        return False
    finally:
        credentials.close()
    return True


def _test(context: Context, args: argparse.Namespace) -> int:
    args.user = args.user or _last_user(context, args)
    password = saved_password(context, args) or _password(context, args)
    _entry, document = _looked_at(context, args, password)
    context.output.result(document, [f"{args.target} can be signed in to."])
    return ExitCode.DONE


def _last_user(context: Context, args: argparse.Namespace) -> str:
    from rta_viewer.vms.address import same_server

    known = _settings(context).servers
    return next((one.username for one in known if same_server(one.address, args.target)), "")


def _password(context: Context, args: argparse.Namespace) -> Secret:
    entry_for(context, args)  # what is forbidden needs no password
    if not args.user:
        raise UsageError("No user was given.", "Name one with --user.")
    return read_password(args)


def _looked_at(
    context: Context, args: argparse.Namespace, password: Secret
) -> tuple[ServerEntry, dict[str, Any]]:
    """Find out, showing each step at once; raises what stopped it."""
    from rta_viewer.media.rtsp.reach import reach
    from rta_viewer.vms.discover import Discovery

    entry = entry_for(context, args)
    entry = replace(entry, allow_basic=entry.allow_basic or args.allow_basic)
    recorder = recorder_for(context, entry, password, args.method)
    discovery = Discovery(recorder, reach, context.clock)
    findings: list[Finding] = []

    def look() -> None:
        try:
            for finding in discovery.run(context.cancel):
                findings.append(finding)
                if not context.output.as_json:
                    context.output.note(_line(finding))
        finally:
            recorder.close()

    run_interruptible(look, context.cancel)
    if discovery.info is None:
        raise discovery.error or RtaError("The server could not be looked at.")
    info = discovery.info
    found = replace(
        entry,
        address=info.address,
        name=info.name,
        method=info.method,
        # Its step was shown just now.
        plain_http_accepted=entry.plain_http_accepted or info.shows_password,
    )
    document = {
        "address": info.address,
        "name": info.name,
        "version": info.version,
        "method": info.method.value,
        "security": info.security.value if info.security else None,
        "clock_offset_ms": info.clock_offset_ms,
        "findings": [_document(finding) for finding in findings],
    }
    return found, document


def _line(finding: Finding) -> str:
    # The whole sentence with its hint is the command's failure, if it is one.
    said = finding.error.summary if finding.error else finding.text
    text = f"{_MARKS[finding.outcome.value]:6}  {said}"
    shown = finding.certificate
    if shown is None:
        return text
    about = [f"Issued to    {shown.subject or 'not readable'}", f"Issued by    {shown.issuer}"]
    about += [f"Valid        {shown.validity}", f"Fingerprint  {shown.fingerprint}"]
    return "\n        ".join([text, *about])


def _document(finding: Finding) -> dict[str, Any]:
    return {
        "step": finding.step.value,
        "outcome": finding.outcome.value,
        "text": finding.text,
        "certificate": certificate_document(finding.certificate),
    }


def _remove(context: Context, args: argparse.Namespace) -> int:
    store = _store(context)
    settings = store.load().settings
    gone = _own(settings, args)
    for entry in gone:
        settings = settings.without_server(entry)
    store.save(settings)
    _forget_passwords(gone)
    context.output.result({"removed": len(gone)}, [f"Removed {args.target}."])
    return ExitCode.DONE


def _forget(context: Context, args: argparse.Namespace) -> int:
    entries = _own(_settings(context), args)
    _forget_passwords(entries)
    lines = [f"No password for {args.target} is kept on this computer."]
    context.output.result({"forgotten": len(entries)}, lines)
    return ExitCode.DONE


def _forget_passwords(entries: list[ServerEntry]) -> None:
    credentials = KeyringCredentials()
    try:
        for entry in entries:
            credentials.forget(entry.address, entry.username)
    finally:
        credentials.close()


def _own(settings: Settings, args: argparse.Namespace) -> list[ServerEntry]:
    from rta_viewer.vms.address import same_server

    found = [
        entry
        for entry in settings.servers
        if same_server(entry.address, args.target) and args.user in {"", entry.username}
    ]
    if not found:
        raise NotFoundError(f"No server {args.target!r} is known here.", "servers list lists them.")
    return found


def _export(context: Context, args: argparse.Namespace) -> int:
    path = Path(args.target)
    if _is_no_file(path):
        # Writing replaces: root would have a list of servers in place of /dev/stdout.
        raise UsageError(f"{path} is there already, and is no file.", "Name another one.")
    servers = _settings(context).servers
    write_list(path, servers)
    lines = [f"Wrote {len(servers)} servers to {args.target}, without passwords."]
    context.output.result({"path": args.target, "servers": len(servers)}, lines)
    return ExitCode.DONE


def _is_no_file(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        # It is not there, or writing says why not.
        return False


def _import(context: Context, args: argparse.Namespace) -> int:
    from rta_viewer.vms.address import candidates

    load_site().check_adding()
    entries = read_list(Path(args.target), candidates)
    store = _store(context)
    before = store.load().settings
    after = before.with_imported(entries)
    store.save(after)
    added = len(after.servers) - len(before.servers)
    lines = [f"Added {added} servers; {len(entries) - added} were known."]
    context.output.result({"added": added, "known": len(entries) - added}, lines)
    return ExitCode.DONE


def _store(context: Context) -> SettingsStore:
    return SettingsStore(context.paths.settings_file)


def _settings(context: Context) -> Settings:
    return _store(context).load().settings


_ACTIONS: Mapping[str, Callable[[Context, argparse.Namespace], int]] = {
    "add": _add,
    "list": _list,
    "test": _test,
    "remove": _remove,
    "forget": _forget,
    "export": _export,
    "import": _import,
}
