import json
from pathlib import Path

import pytest

from rta_viewer.app.server_desk import ServerDesk
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.certificate import UntrustedCertificateError
from rta_viewer.core.model import ConnectionSecurity
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import ServerEntry
from rta_viewer.errors import UsageError
from rta_viewer.platform.settings import SettingsStore
from rta_viewer.ui.sign_in.request import SignInRequest
from tests.app.conftest import Make
from tests.helpers.certificates import fingerprint, server_context
from tests.helpers.site import running_site

pytestmark = pytest.mark.gui


def test_a_pinned_server_is_trusted_and_stays_so(make: Make, tmp_path: Path) -> None:
    with running_site(tmp_path, tls=server_context(tmp_path)) as site:
        services = make()
        desk = ServerDesk(services)
        request = SignInRequest(site.rest_url.removeprefix("https://"), "demo", Secret("demo"))
        with pytest.raises(UntrustedCertificateError) as caught:
            desk.connect(request, CancelToken())
        assert caught.value.certificate is not None
        assert caught.value.certificate.fingerprint == fingerprint(tmp_path)
        desk.pin(request.server, caught.value.certificate.fingerprint)
        session = desk.connect(request, CancelToken())
        assert session.info.security is ConnectionSecurity.PINNED
        desk.remember(session)
        session.close()
        services.close()
    (entry,) = SettingsStore(services.context.paths.settings_file).load().settings.servers
    assert entry.address == site.rest_url
    assert entry.pins == (fingerprint(tmp_path),)
    assert entry.username == "demo"


def test_the_administrators_servers_only(make: Make, tmp_path: Path) -> None:
    document = {
        "servers": [{"address": "https://gate"}],
        "policy": {"only_these_servers": True, "forbid_saved_passwords": True},
    }
    (tmp_path / "site.json").write_text(json.dumps(document), encoding="utf-8")
    services = make()
    desk = ServerDesk(services)
    assert [known.entry.address for known in desk.servers()] == ["https://gate"]
    with pytest.raises(UsageError, match="administrator"):
        desk.connect(SignInRequest("other", "anna", Secret("x")), CancelToken())
    with pytest.raises(UsageError, match="administrator"):
        desk.pin("gate", ":".join(["AB"] * 32))
    assert not desk.may_add_servers
    with pytest.raises(UsageError, match="administrator"):
        desk.add_list([ServerEntry("https://other")])
    assert services.credentials.unavailable_reason()
