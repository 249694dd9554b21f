"""A plain file server in a process of its own: ``python -m … FILE``, prints its port, ends with its input.

Sends with the system's ``sendfile``, so that it is never what is measured. ``/cut/…`` closes the connection
at half of the file when it is asked for the whole.
"""

import os
import re
import socket
import sys
import threading
from pathlib import Path


def serve(connection: socket.socket, path: Path) -> None:
    size = path.stat().st_size
    waiting = b""
    with connection, path.open("rb") as file:
        # Head and body go out apart: the second must not wait for the first to be acknowledged.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            while b"\r\n\r\n" not in waiting:
                data = connection.recv(65_536)
                if not data:
                    return
                waiting += data
            head, _, waiting = waiting.partition(b"\r\n\r\n")
            asked = re.search(rb"(?i)\r\nrange: bytes=(\d+)-", head)
            first = int(asked[1]) if asked else 0
            lines = [
                "HTTP/1.1 206 Partial Content" if asked else "HTTP/1.1 200 OK",
                f"Content-Length: {size - first}",
                "Content-Type: video/mp4",
                'ETag: "benchmark"',
            ]
            if asked:
                lines.append(f"Content-Range: bytes {first}-{size - 1}/{size}")
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            cut = head.startswith(b"GET /cut/") and not asked
            connection.sendfile(file, first, size // 2 if cut else None)
            if cut:
                return


def main() -> None:
    path = Path(sys.argv[1])
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()

    def accept() -> None:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, path), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
