"""How gunicorn serves the site; ``python -m feedback.run`` starts it so."""

import gc
import os
import socket
import struct

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))  # SQLite has one writer: threads are enough
threads = 8
timeout = 60
graceful_timeout = 20  # what is under way is finished
keepalive = 5
accesslog = None
loglevel = "error"  # its warnings name the address of whoever sent a bent request
control_socket_disable = True
# gunicorn would believe these of whoever calls from this machine, that is of everybody behind the proxy:
# under which path the site stands, and whether the line is safe. FEEDBACK_PROXY_HOPS alone says whom to believe
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

STALLED_S = 20  # a telephone that lost its line while it sent would hold one of the threads for good


def when_ready(server: object) -> None:
    """Sockets that are accepted inherit how long they wait for the next byte, and for room to send one. A
    proxy in front takes whole requests first (docs/operations.md)."""
    for listener in server.LISTENERS:  # type: ignore[attr-defined]
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", STALLED_S, 0))


def post_worker_init(worker: object) -> None:
    """What was loaded stays, so the garbage collector need not look at it again. Where SQLite is too old
    for two processes, the worker is a thread of this one."""
    gc.collect()
    gc.freeze()
    if os.environ.get("FEEDBACK_WORKER_INSIDE") == "1":
        from feedback.run import work_inside

        work_inside()
