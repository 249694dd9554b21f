"""What the settings and the administrator's file know of the server that was named on the command line."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from rta_viewer.cli.command import Context
from rta_viewer.core.certificate import normal_fingerprint
from rta_viewer.core.model import ServerInfo, SignInMethod
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import FULL_SHARE_PERCENT, ServerEntry
from rta_viewer.errors import StorageError
from rta_viewer.platform.credentials import KeyringCredentials
from rta_viewer.platform.settings import SettingsStore
from rta_viewer.platform.site import load_site

if TYPE_CHECKING:
    from rta_viewer.vms.rest import HttpRecorder

PLAIN_HTTP = "This server is spoken to without TLS: anybody in between can read the password."


def entry_for(context: Context, args: argparse.Namespace) -> ServerEntry:
    """The known entry for ``--server`` (for ``--user`` first), with what the arguments add.

    Raises:
        UsageError: The administrator of this computer forbids it.
        StorageError: The administrator's file is damaged.
    """
    from rta_viewer.vms.address import same_server

    site = load_site()
    own = SettingsStore(context.paths.settings_file).load().settings.servers
    own = tuple(sorted(own, key=lambda entry: entry.username != args.user))
    known = site.servers_with(own, same_server)
    found = next((entry for entry in known if same_server(entry.address, args.server)), None)
    entry = replace(found or ServerEntry(args.server), username=args.user)
    if not site.sets(entry.address, same_server):
        # Of a server that the administrator set, arguments say who signs in and nothing else.
        entry = _with_arguments(entry, args)
    site.check(entry, same_server)
    return entry


def _with_arguments(entry: ServerEntry, args: argparse.Namespace) -> ServerEntry:
    hosts = (host.lower() for host in args.trusted_host)
    return replace(
        entry,
        verify_tls=entry.verify_tls and not args.insecure,
        trusted_hosts=tuple(dict.fromkeys((*entry.trusted_hosts, *hosts))),
        stream_host=args.stream_host or entry.stream_host,
        pins=tuple(normal_fingerprint(pin) for pin in args.pin) or entry.pins,
    )


def recorder_for(
    context: Context, entry: ServerEntry, password: Secret, method: SignInMethod | None
) -> "HttpRecorder":
    """A recorder for an entry; nothing is sent yet. ``method`` None finds out."""
    from rta_viewer import vms

    rate = SettingsStore(context.paths.settings_file).load().settings.max_bytes_per_s
    return vms.connect(
        entry.address,
        entry.username,
        password,
        method=method,
        verify_tls=entry.verify_tls,
        trusted_hosts=frozenset(host.lower() for host in entry.trusted_hosts),
        use_host_for_streams=entry.stream_host,
        pins=frozenset(entry.pins),
        allow_basic=entry.allow_basic,
        clock=context.clock,
        throttle=vms.Throttle(
            context.clock, entry.max_bytes_per_s, within=vms.Throttle(context.clock, rate)
        ),
        request_share=entry.requests_percent / FULL_SHARE_PERCENT,
    )


def warn_of_plain_http(context: Context, args: argparse.Namespace, info: ServerInfo) -> None:
    """Say that the password can be read on the way: once for a known server, each time for others."""
    if not info.shows_password or entry_for(context, args).plain_http_accepted:
        return
    context.output.note(PLAIN_HTTP)
    store = SettingsStore(context.paths.settings_file)
    settings = store.load().settings
    told = next((one for one in settings.servers if one.address == info.address), None)
    if told is not None and told.username == args.user:
        store.save(settings.with_server(replace(told, plain_http_accepted=True)))


def saved_password(context: Context, args: argparse.Namespace) -> Secret | None:
    """The keyring's; None where there is none, or where another one is piped in."""
    if args.password_stdin:
        return None
    entry = entry_for(context, args)
    credentials = KeyringCredentials()
    try:
        return credentials.load(entry.address, entry.username)
    except StorageError as err:
        context.output.note(str(err))
        return None
    finally:
        credentials.close()
