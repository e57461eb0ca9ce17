"""A port of this machine on which nothing listens, and on which nobody else will."""

from __future__ import annotations

import socket
import sys

_kept: list[socket.socket] = []


def free_port() -> int:
    """Between here and the moment when the server stands, the system could give the port away again, to
    another test's server or to any connection that goes out. So it stays bound until this process ends;
    the server gets in beside that, as both allow it (SO_REUSEADDR) and this one does not listen."""
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind(("127.0.0.1", 0))
    port = int(probe.getsockname()[1])
    if sys.platform == "linux":
        _kept.append(probe)
    else:  # there two may not have one port
        probe.close()
    return port
