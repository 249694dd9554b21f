"""The least that a program can do: ``python -m … FOLDER URL …`` receives, sums and writes, all at once.

No timeouts, no resuming, no progress. What it takes is the floor for every transfer that sums in Python
with this SHA-256. Begins at a word on its input, and prints ``{"seconds"}``.
"""

import hashlib
import json
import re
import socket
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmarks.transfers.start import wait_for_the_word

_BUFFER_BYTES = 4 * 1024 * 1024


def fetch(url: str, path: Path) -> None:
    parts = urlsplit(url)
    digest, buffer = hashlib.sha256(), memoryview(bytearray(_BUFFER_BYTES))
    with socket.create_connection((parts.hostname, parts.port)) as line, path.open("wb", 0) as file:
        line.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += line.recv(1)
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        assert length is not None
        left = int(length[1])
        while left:
            data = buffer[: line.recv_into(buffer)]
            assert data
            digest.update(data)
            file.write(data)
            left -= len(data)
    digest.hexdigest()


def main() -> None:
    folder, urls = Path(sys.argv[1]), sys.argv[2:]
    hashlib.sha256(b"loads it").hexdigest()
    wait_for_the_word()
    began_s = time.monotonic()
    threads = [
        threading.Thread(target=fetch, args=(url, folder / f"bare {number}"))
        for number, url in enumerate(urls)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"seconds": time.monotonic() - began_s}) + "\n")


if __name__ == "__main__":
    main()
