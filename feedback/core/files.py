"""Bytes on disk under the hash of their content: written whole or not at all."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import current_app

KEPT_FREE_BYTES = (
    200 * 1024 * 1024
)  # of the disk, for the database: files never take the last of it


def folder() -> Path:
    return Path(current_app.config["INSTANCE_DIR"]) / "files"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def store(data: bytes) -> str:
    """Keep ``data``; returns its SHA-256 in hex. Temp file, fsync, rename: a crash leaves no half file.

    Raises OSError (ENOSPC) before the disk is quite full.
    """
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(fcntl.LOCK_SH):
        if target.is_file():
            os.utime(target)  # as if it came today: the sweeper lets it be
            return digest
        if shutil.disk_usage(folder()).free < KEPT_FREE_BYTES + len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        _write(data, target)
    return digest


def _write(data: bytes, target: Path) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()


def is_whole(sha256: str) -> bool:
    """Are its bytes there, and those that were kept?"""
    try:
        with path_of(sha256).open("rb") as kept:
            return hashlib.file_digest(kept, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def older_than(moment: datetime) -> Iterator[list[Path]]:
    """What was stored before a moment (parts of a write that crashed too), one folder at a time."""
    limit = moment.timestamp()
    for inner in sorted(folder().glob("??")):
        found = [path for path in inner.iterdir() if path.stat().st_mtime < limit]
        if found:
            yield found


def remove(paths: list[Path], *, before: datetime) -> int:
    """Take these away, unless one was stored anew meanwhile; returns how many went."""
    gone, limit = 0, before.timestamp()
    with _lock(fcntl.LOCK_EX):
        for path in paths:
            if path.stat().st_mtime < limit:
                path.unlink()
                gone += 1
    return gone


@contextmanager
def _lock(kind: int) -> Iterator[None]:
    """Writers share it; the sweeper has it alone while it takes things away."""
    with (folder() / ".lock").open("ab") as held:
        fcntl.flock(held, kind)
        yield
