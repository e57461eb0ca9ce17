"""``flask supports …``"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core.db import commit
from feedback.supports import actions

supports = AppGroup("supports", help="Residents' support of petitions.")


@supports.command("recount")
@click.option("--strict", is_flag=True, help="Exit 1 when something had differed.")
def recount(strict: bool) -> None:
    """Compare the number beside each petition with the rows, and put right what differs."""
    found = actions.recount()
    commit()
    if found.wrong:
        click.echo(f"differed: {found.wrong} of {found.files} petitions; put right")
    else:
        click.echo(f"nothing differed: {found.files} petitions with supports")
    if strict and found.wrong:
        raise SystemExit(1)
