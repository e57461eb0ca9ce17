"""``flask backup …``: a copy of everything, and whether it would live again."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from feedback.pages import backup as copies

backup = AppGroup("backup", help="Copies of everything that a site needs to live again.")
CHECKS = ("log", "petitions", "supports", "workdays", "files")


@backup.command("take")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def take(folder: Path) -> None:
    """Copy database, files and secret into an empty folder, while the site runs."""
    head = copies.take(folder)
    click.echo(f"{folder}: all there; its record contains {head or 'nothing yet'}")


@backup.command("rehearse")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--into", default="", help="An empty PostgreSQL database, for a dump.")
def rehearse(folder: Path, into: str) -> None:
    """Bring a copy to life beside the site and check it; exit 1 where it is not whole."""
    whole, said = copies.rehearse(folder, into=into)
    click.echo(said)
    torn = "this backup is NOT whole, or the site was not: compare with `backup verify` there"
    click.echo("this backup is whole" if whole else torn)
    if not whole:
        raise SystemExit(1)


@backup.command("verify")
@click.option("--head", default="", help="SEQ:HEX that the record must contain.")
@click.pass_context
def verify(context: click.Context, head: str) -> None:
    """Run every check of this site, one after the other; exit 1 if one finds something."""
    wrong = []
    for name in CHECKS:
        group = current_app.cli.commands[name]
        assert isinstance(group, click.Group)
        try:
            more = {"heads": (head,)} if name == "log" and head else {}
            context.invoke(group.commands["verify"], **more)
        except SystemExit as told:
            if told.code:
                wrong.append(name)
    if wrong:
        raise SystemExit(1)
