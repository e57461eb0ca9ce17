"""The registry of bodies on the command line."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.agencies.actions import load_registry
from feedback.core.db import commit

agencies = AppGroup("agencies", help="Public bodies.")


@agencies.command("load")
def load_command() -> None:
    """Load the shipped bodies, groups and acts into an empty registry."""
    number = load_registry()
    commit()
    click.echo(f"{number} bodies loaded" if number else "the registry holds bodies already")
