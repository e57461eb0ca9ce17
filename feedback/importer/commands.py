"""``plans parse FILE``: one JSON object on standard output, nothing else; ``plans rhythm``: how often agencies
report."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from babel.support import Translations
from flask.cli import AppGroup

from feedback.core.db import commit
from feedback.core.messages import FOLDER
from feedback.importer.errors import NotAPlan
from feedback.importer.parse import parse
from feedback.plans import actions, queries
from feedback.plans.rules.reporting import MONTHS

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


@plans.command("rhythm")
@click.option("--months", required=True, type=click.Choice([str(m) for m in MONTHS]))
@click.option("--term", default="10wd", show_default=True, help="After a period ends: 10wd, 15d.")
@click.option("--plan", "plan_id", type=int, help="Key of one plan; without it for all plans.")
@click.option("--basis", default="", help="The document that says so, in Vietnamese; public.")
def rhythm_command(months: str, term: str, plan_id: int | None, basis: str) -> None:
    """Set how often agencies report how far the items of a plan are."""
    plan = queries.plan(plan_id) if plan_id else None
    if plan_id and plan is None:
        raise click.ClickException("there is no published plan with this key")
    try:
        actions.set_rhythm(plan, months=int(months), term=term, basis=basis, by=None)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    commit()
    click.echo(f"every {months} months, {term}, {plan.number if plan else 'all plans'}")
