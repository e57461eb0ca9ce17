"""``plans parse FILE``: one JSON object on standard output, nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from feedback.importer.errors import NotAPlan
from feedback.importer.parse import parse

plans = AppGroup("plans", help="Plan documents.")


@plans.command("parse", with_appcontext=False)  # needs no database
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def parse_command(file: Path) -> None:
    """Read a plan document. Exit 2 with one line on standard error for a file that is no plan."""
    try:
        document = parse(file.read_bytes(), file.name)
    except NotAPlan as error:
        click.echo(f"{file.name} is no plan: {error}", err=True)
        sys.exit(2)
    click.echo(json.dumps(document.as_contract(), ensure_ascii=False, indent=1))
