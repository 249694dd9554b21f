"""Fetches with the program's own transfer in a process of its own: ``python -m … FOLDER URL …``, all at once.

Begins at a word on its input, and prints ``{"seconds", "rss_growth_mb", "sha256"}``. Memory counts
from before the first request to the peak.
"""

import hashlib
import json
import resource
import sys
import threading
import time
from pathlib import Path

from rta_viewer.core.cancel import CancelToken
from rta_viewer.platform.system_clock import SystemClock
from rta_viewer.vms.fetch import Fetcher, Source
from rta_viewer.vms.transport import Transport
from tests.benchmarks.transfers.start import wait_for_the_word


def resident_mb(*, peak: bool) -> float:
    """Resident memory, now or at its peak; only the peak where the system says no more than that.

    On Linux ``ru_maxrss`` begins with what the parent had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(fields["VmHWM" if peak else "VmRSS"].split()[0]) / 1e3
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    folder, urls = Path(sys.argv[1]), sys.argv[2:]
    transport, sums = Transport(verify_tls=True), [""] * len(urls)
    hashlib.sha256(b"loads it").hexdigest()

    def fetch(number: int) -> None:
        part = folder / f"ours {number}.part"
        source = Source(urls[number], f"{number}", "the file")
        fetcher = Fetcher(transport.send, SystemClock())
        sums[number] = fetcher.fetch(
            source, part, cancel=CancelToken(), progress=lambda _: None
        ).sha256

    wait_for_the_word()
    before_mb, began_s = resident_mb(peak=False), time.monotonic()
    threads = [threading.Thread(target=fetch, args=(number,)) for number in range(len(urls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began_s
    transport.close()
    growth_mb = resident_mb(peak=True) - before_mb
    document = {"seconds": seconds, "rss_growth_mb": growth_mb, "sha256": sums}
    sys.stdout.write(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
