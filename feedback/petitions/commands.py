"""Commands of the case work."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core import clock
from feedback.core.db import commit
from feedback.petitions.actions.judging import run_clock

petitions = AppGroup("petitions", help="Case work.")


@petitions.command("run-clock")
def run_clock_command() -> None:
    """Do what today brings: end waits, mark late files, close settled ones."""
    done = run_clock(on=clock.today())
    commit()
    click.echo(f"resumed {done['resumed']}, late {done['late']}, closed {done['closed']}")
