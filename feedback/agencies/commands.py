"""The registry of bodies on the command line."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from feedback.agencies.actions import load_registry, set_contacts
from feedback.agencies.rules.contacts import read_contacts
from feedback.core.db import commit

agencies = AppGroup("agencies", help="Public bodies.")


@agencies.command("load")
def load_command() -> None:
    """Load the shipped bodies, groups and acts into an empty registry."""
    number = load_registry()
    commit()
    click.echo(f"{number} bodies loaded" if number else "the registry holds bodies already")


@agencies.command("contacts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def contacts_command(file: Path) -> None:
    """Put down addresses, telephone numbers and hours of bodies from a CSV FILE."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            changed = set_contacts(read_contacts(lines))
    except ValueError as error:
        raise click.UsageError(f"{file}: {error}; nothing was changed") from error
    commit()
    click.echo(f"{changed} bodies new or changed")
