"""``flask files …``"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core.files import is_whole
from feedback.files import queries

files = AppGroup("files", help="Bytes that people sent, under their SHA-256.")


@files.command("verify")
def verify() -> None:
    """Compare every file that a row names with its bytes on disk; exit 1 and each that differs."""
    number = bad = 0
    for sha256 in queries.all_named():
        number += 1
        if not is_whole(sha256):
            bad += 1
            click.echo(f"{sha256}: missing, or not as it was kept")
    click.echo(f"{number} files compared with their bytes, {bad} differ")
    if bad:
        raise SystemExit(1)
