"""``flask monitoring …``"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core.db import commit
from feedback.monitoring import actions

monitoring = AppGroup("monitoring", help="Figures about petitions.")


@monitoring.command("recount")
@click.option("--strict", is_flag=True, help="Exit 1 when something had differed.")
def recount(strict: bool) -> None:
    """Rebuild every roll-up from the files, and say whether any differed.

    Exit 0: all is right now. With --strict, exit 1: something had differed, and is put right.
    """
    found = actions.recount()
    commit()
    if found.differed:
        click.echo(
            f"differed: {found.wrong_rows} of {found.rows} numbers,"
            f" {found.wrong_files} of {found.files} files,"
            f" {found.wrong_days} numbers of days; put right"
        )
    else:
        click.echo(f"nothing differed: {found.rows} numbers over {found.files} files")
    if strict and found.differed:
        raise SystemExit(1)
