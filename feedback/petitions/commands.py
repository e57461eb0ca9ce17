"""Commands of the case work."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core import clock
from feedback.core.db import commit
from feedback.petitions.actions.judging import run_clock
from feedback.petitions.actions.terms import load_terms

petitions = AppGroup("petitions", help="Case work.")


@petitions.command("load-terms")
def load_terms_command() -> None:
    """Load the shipped table of terms, each with its article, into an empty one."""
    number = load_terms()
    commit()
    click.echo(f"{number} terms loaded" if number else "the table holds terms already")


@petitions.command("run-clock")
def run_clock_command() -> None:
    """Do what today brings: end waits, mark late files, close settled ones."""
    done = run_clock(on=clock.today())
    commit()
    click.echo(f"resumed {done['resumed']}, late {done['late']}, closed {done['closed']}")
