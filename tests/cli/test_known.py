from pathlib import Path
from typing import Any

import pytest

from rta_viewer import vms
from rta_viewer.cli.command import Context
from rta_viewer.cli.known import recorder_for
from rta_viewer.cli.output import Output
from rta_viewer.core.cancel import CancelToken
from rta_viewer.core.clock import ManualClock
from rta_viewer.core.secret import Secret
from rta_viewer.core.servers import ServerEntry
from rta_viewer.platform.paths import Paths
from rta_viewer.platform.settings import Settings, SettingsStore

LARGE = 10_000_000


@pytest.mark.parametrize(("all_together", "of_server"), [(400_000, 800_000), (800_000, 400_000)])
def test_transfers_of_commands_stay_within_the_rates_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, all_together: int, of_server: int
) -> None:
    connected: dict[str, Any] = {}
    monkeypatch.setattr(vms, "connect", lambda *_args, **more: connected.update(more))
    context = Context(Paths(tmp_path), CancelToken(), ManualClock(5), Output())
    context.paths.create()
    SettingsStore(context.paths.settings_file).save(Settings(max_bytes_per_s=all_together))
    entry = ServerEntry(
        "http://shelf", "anna", max_bytes_per_s=of_server, requests_percent=25, allow_basic=True
    )
    recorder_for(context, entry, Secret("x"), None)
    assert connected["throttle"].piece_bytes(LARGE) == 100_000
    assert (connected["request_share"], connected["allow_basic"]) == (0.25, True)
