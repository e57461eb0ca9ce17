"""Bytes on disk under the hash of their content: written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from flask import current_app


def folder() -> Path:
    return Path(current_app.config["INSTANCE_DIR"]) / "files"


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def store(data: bytes) -> str:
    """Keep ``data``; returns its SHA-256 in hex. Temp file, fsync, rename: a crash leaves no half file."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if target.is_file():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
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
    return digest


def read(sha256: str) -> bytes:
    return path_of(sha256).read_bytes()
