"""``plans parse FILE``: one JSON object on standard output, nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from babel.support import Translations
from flask.cli import AppGroup

from feedback.core.messages import FOLDER
from feedback.importer.errors import NotAPlan
from feedback.importer.parse import parse

plans = AppGroup("plans", help="Plan documents.")


@plans.command("parse", with_appcontext=False)  # needs no database
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--whole", is_flag=True, help="Also places, reasons, groups and the lines shown.")
def parse_command(file: Path, whole: bool) -> None:
    """Read a plan document. Exit 2 with one line on standard error for a file that is no plan."""
    try:
        document = parse(file.read_bytes(), file.name)
    except NotAPlan as error:
        words = Translations.load(FOLDER, ["vi"])
        click.echo(f"{file.name}: {words.gettext(str(error))}", err=True)
        sys.exit(2)
    found = document.as_dict() if whole else document.as_contract()
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
