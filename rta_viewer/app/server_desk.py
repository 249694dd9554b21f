"""The known servers, and signing in to them: what the dialog asks for, behind its Protocols."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rta_viewer import vms
from rta_viewer.app.services import Services
from rta_viewer.app.session import Session
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import normal_fingerprint
from rta_viewer.core.discovery import Finding
from rta_viewer.core.model import ConnectionSecurity, ServerInfo
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import (
    FULL_SHARE_PERCENT,
    KnownServer,
    PlainHttpError,
    ServerEntry,
)
from rta_viewer.core.texts import tr
from rta_viewer.errors import RtaError, UsageError
from rta_viewer.media.rtsp.reach import reach
from rta_viewer.platform.server_lists import read_list, write_list
from rta_viewer.ui.sign_in.request import SignInRequest
from rta_viewer.vms.address import candidates, same_server
from rta_viewer.vms.discover import Discovery
from rta_viewer.vms.rest import HttpRecorder

TellFinding = Callable[[Finding], None]


class ServerDesk:
    """Settings and the administrator's file decide. GUI thread, except where worker threads are named."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._loaded: set[tuple[str, str]] = set()

    @property
    def may_save_passwords(self) -> bool:
        """False where the administrator forbids it."""
        return not self._services.site.forbid_saved_passwords

    @property
    def may_add_servers(self) -> bool:
        """False where only the administrator's servers are allowed."""
        return not self._services.site.only_these_servers

    def servers(self) -> list[KnownServer]:
        """The administrator's servers and the user's own, as far as they are allowed."""
        return [KnownServer(one, self._is_fixed(one.address)) for one in self._entries()]

    def entry_of(self, server: str, username: str = "") -> ServerEntry | None:
        """What is known of a server, for that user first. Any thread."""
        known = sorted(self._entries(), key=lambda one: one.username != username)
        exact = next((one for one in known if one.address == server), None)
        return exact or next((one for one in known if same_server(one.address, server)), None)

    def is_at(self, entry: ServerEntry, address: str) -> bool:
        """True when the entry is about the server of that address."""
        return same_server(entry.address, address)

    def _entries(self) -> tuple[ServerEntry, ...]:
        services = self._services
        return services.site.servers_with(services.settings.servers, same_server)

    def _is_fixed(self, server: str) -> bool:
        return self._services.site.sets(server, same_server)

    def connect(
        self, request: SignInRequest, cancel: CancelToken, found: TellFinding | None = None
    ) -> Session:
        """Sign in; on a worker thread.

        Args:
            request: Who, and where.
            cancel: Ends it.
            found: Told what is found out about a server that is not known yet, or when the request says so.

        Raises:
            PlainHttpError: The password would cross the network unencrypted, and nobody has accepted that.
            SignInError, ServerError, NetworkError, UsageError, Cancelled: See the summary.
        """
        known = self.entry_of(request.server, request.username)
        entry = known or ServerEntry(request.server)
        self._services.site.check(entry, same_server)
        recorder = self._recorder(entry, request)
        accepted = entry.plain_http_accepted or request.accept_plain
        try:
            if found is not None and (known is None or request.look):
                info = self._discovered(recorder, accepted, found, cancel)
            else:
                if not (accepted or entry.address.startswith("https://")):
                    origin = recorder.greet(cancel).origin
                    _refuse_plain(recorder.security_of(origin), origin.text)
                info = recorder.sign_in(cancel)
            cancel.raise_if_cancelled()
        except BaseException:
            recorder.close()
            raise
        services = self._services
        return Session(
            recorder,
            info,
            request,
            services.vlc,
            services.clock,
            services.cache,
            services.settings.skip_gaps,
        )

    def _recorder(self, entry: ServerEntry, request: SignInRequest) -> HttpRecorder:
        services = self._services
        return vms.connect(
            entry.address,
            request.username,
            request.password,
            method=request.method,
            verify_tls=entry.verify_tls,
            trusted_hosts=frozenset(entry.trusted_hosts),
            use_host_for_streams=entry.stream_host,
            pins=frozenset(entry.pins),
            allow_basic=entry.allow_basic,
            clock=services.clock,
            throttle=vms.Throttle(services.clock, entry.max_bytes_per_s, within=services.throttle),
            request_share=entry.requests_percent / FULL_SHARE_PERCENT,
        )

    def _discovered(
        self, recorder: HttpRecorder, accepted: bool, found: TellFinding, cancel: CancelToken
    ) -> ServerInfo:
        discovery = Discovery(recorder, reach, self._services.clock)
        for finding in discovery.run(cancel):
            found(finding)
            # The password has not left this computer when this step is told.
            if finding.security is not None and not accepted:
                _refuse_plain(finding.security, tr("This server"))
        if discovery.info is None:
            raise discovery.error or RtaError(tr("The server could not be looked at."))
        return discovery.info

    def discard(self, session: Session) -> None:
        """End a session that nobody will use; on a worker thread."""
        session.close()

    def remember(self, session: Session) -> ServerEntry:
        """Offer it first next time; what is known of it now."""
        request, info, services = session.request, session.info, self._services
        known = self.entry_of(request.server, request.username)
        entry = replace(
            known or ServerEntry(info.address),
            username=request.username,
            method=info.method,
            name=info.name,
        )
        if not self._is_fixed(entry.address):
            # With its scheme: which one was found out by now.
            entry = replace(
                entry,
                address=info.address,
                plain_http_accepted=entry.plain_http_accepted or info.shows_password,
            )
        settings = services.settings
        if known is not None and known.address != entry.address:
            settings = settings.without_server(known)
        services.change_settings(settings.with_server(entry))
        return entry

    def pin(self, server: str, fingerprint: str) -> None:
        """Take only this certificate from a server from now on; a person has compared it.

        Raises:
            UsageError: No fingerprint, or the administrator forbids it.
        """
        known = self.entry_of(server)
        entry = replace(known or ServerEntry(server), pins=(normal_fingerprint(fingerprint),))
        if self._is_fixed(server):
            raise UsageError(
                tr("The certificate of this server is set by the administrator of this computer."),
                tr("Ask the administrator."),
            )
        if not entry.address.startswith("https://"):
            entry = replace(entry, address=f"https://{entry.address.rpartition('://')[2]}")
        self._services.site.check(entry, same_server)
        own = self._services.settings.servers
        others = tuple(one for one in own if not same_server(one.address, server))
        settings = replace(self._services.settings, servers=others)
        self._services.change_settings(settings.with_server(entry))

    def change(self, old: ServerEntry, new: ServerEntry) -> None:
        """Keep other settings for a server.

        Raises:
            UsageError: No address, or the administrator forbids it.
        """
        candidates(new.address)
        if self._is_fixed(old.address):
            new = replace(old, username=new.username)
        elif self._is_fixed(new.address):
            raise UsageError(
                tr("The administrator of this computer has set that server."),
                tr("Choose it in the list."),
            )
        if new.pins and new.address.startswith("http://"):
            raise UsageError(
                tr("A certificate is pinned, but the address is one without TLS."),
                tr("Use https:// in the address, or take the pin away."),
            )
        services = self._services
        services.site.check(new, same_server)
        at = next((n for n, one in enumerate(services.settings.servers) if one == old), 0)
        others = services.settings.without_server(old).servers
        others = tuple(one for one in others if _key(one) != _key(new))
        changed = (*others[:at], new, *others[at:])
        services.change_settings(replace(services.settings, servers=changed))

    def forget(self, entry: ServerEntry) -> None:
        """Take it off the list; of an administrator's server, who signs in."""
        settings = self._services.settings
        others = tuple(
            one
            for one in settings.servers
            if not (same_server(one.address, entry.address) and one.username == entry.username)
        )
        self._services.change_settings(replace(settings, servers=others))

    def forget_password(self, entry: ServerEntry) -> None:
        """Delete it from the keyring; on a worker thread."""
        self._services.credentials.forget(entry.address, entry.username)

    def keep_password(self, entry: ServerEntry, password: Secret) -> None:
        """Put it into the keyring, over an older one; on a worker thread.

        Raises:
            StorageError: There is no usable keyring.
        """
        self._services.credentials.save(entry.address, entry.username, password)

    def saved_password(self, server: str, username: str) -> Secret | None:
        """From the keyring; on a worker thread.

        Raises:
            StorageError: The keyring is locked, does not answer or fails.
        """
        entry = self.entry_of(server, username)
        address = entry.address if entry is not None else server
        found = self._services.credentials.load(address, username)
        if found is not None:
            self._loaded.add((address, username))
        return found

    def has_loaded(self, entry: ServerEntry) -> bool:
        """True when a password of this server and user came from the keyring."""
        return _key(entry) in self._loaded

    def read_list(self, path: Path) -> tuple[ServerEntry, ...]:
        """The servers of a file; on a worker thread. Raises StorageError, UsageError."""
        return read_list(path, candidates)

    def add_list(self, entries: Sequence[ServerEntry]) -> int:
        """Put them behind the known ones; how many are new.

        Raises:
            UsageError: Only the administrator's servers are allowed.
        """
        self._services.site.check_adding()
        before = self._services.settings
        after = before.with_imported(entries)
        self._services.change_settings(after)
        return len(after.servers) - len(before.servers)

    def write_list(self, path: Path) -> int:
        """Write the user's own list; how many servers. On a worker thread. Raises StorageError."""
        servers = self._services.settings.servers
        write_list(path, servers)
        return len(servers)


def _key(entry: ServerEntry) -> tuple[str, str]:
    return entry.address, entry.username


def _refuse_plain(security: ConnectionSecurity, address: str) -> None:
    if security is ConnectionSecurity.PLAIN:
        raise PlainHttpError(address)
