"""A copy of everything that a site needs to live again, and the rehearsal that shows that it does.

The record's head is noted first, then the database is copied, then the files: they are written once and
never changed, so whatever the copied rows name is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from flask import current_app

from feedback.audit.queries import head_now
from feedback.core import clock, sqlite
from feedback.core.config import ROOT
from feedback.core.db import db
from feedback.core.errors import Refused

DATABASE, DUMP, SECRET, FILES, NOTE = (
    "feedback.db",
    "feedback.dump",
    "secret",
    "files",
    "backup.json",
)


def take(folder: Path) -> str:
    """Copy database, files and secret into an empty folder while the site runs; returns the head that the
    copy contains. Raises Refused, and OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused(f"{folder} is not empty")
    head = head_now()
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), folder / DATABASE)
    else:
        _run(["pg_dump", "-Fc", "--file", str(folder / DUMP)], _reached(url))
    kept = Path(current_app.config["INSTANCE_DIR"]) / FILES
    if kept.is_dir():
        shutil.copytree(kept, folder / FILES, ignore=shutil.ignore_patterns(".part-*"))
    _write_secret(folder / SECRET)
    (folder / NOTE).write_text(json.dumps({"head": head, "taken_at": clock.now().isoformat()}))
    return head


def rehearse(folder: Path, *, into: str = "") -> tuple[bool, str]:
    """Bring a backup to life beside the site, which is not touched, and check all of it; what was said, and
    whether it is whole. ``into``: an empty PostgreSQL database for a dump, which then holds the data."""
    head = json.loads((folder / NOTE).read_text())["head"]
    with TemporaryDirectory() as place:
        instance = Path(place)
        shutil.copyfile(folder / SECRET, instance / SECRET)
        if (folder / FILES).is_dir():
            (instance / FILES).symlink_to((folder / FILES).resolve())
        url = _restored(folder, instance, into)
        own = {k: v for k, v in os.environ.items() if not k.startswith("FEEDBACK_")}
        own |= {"FEEDBACK_INSTANCE_DIR": place, "FEEDBACK_DATABASE_URL": url}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "backup", "verify"]
        asked = [*command, "--head", head] if head else command
        done = subprocess.run(asked, cwd=ROOT, env=own, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def _restored(folder: Path, instance: Path, into: str) -> str:
    if (folder / DATABASE).is_file():
        shutil.copyfile(folder / DATABASE, instance / DATABASE)
        return f"sqlite:///{instance / DATABASE}"
    if not into:
        raise Refused("this is a dump of PostgreSQL: name an empty database with --into")
    url = sa.make_url(into)
    _run(
        ["pg_restore", "--no-owner", "--exit-on-error", "--dbname", url.database or ""]
        + [str((folder / DUMP).resolve())],
        _reached(url),
    )
    return into


def _copy_sqlite(path: Path, target: Path) -> None:
    """By the library that the site runs on: an older one should not open a file that others write."""
    module: Any = sqlite.module()
    source, copy = module.connect(path), module.connect(target)
    source.backup(copy)
    copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    copy.close()
    source.close()


def _reached(url: sa.URL) -> dict[str, str]:
    """How PostgreSQL's own programs find the database: no password stands in a list of processes."""
    host = url.host or url.query.get("host", "")
    said = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.database or "",
    }
    return os.environ | {name: value for name, value in said.items() if value}


def _run(command: list[str], environ: dict[str, str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise Refused(f"{command[0]} is missing: apt install postgresql-client")
    done = subprocess.run(  # noqa: S603
        [program, *command[1:]], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"{command[0]}: {done.stderr.strip()[:300]}")


def _write_secret(target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(current_app.config["SECRET_KEY"] + "\n")
