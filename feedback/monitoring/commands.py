"""``flask monitoring …``"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from feedback.core.db import commit
from feedback.monitoring import actions

monitoring = AppGroup("monitoring", help="Figures about petitions.")


@monitoring.command("recount")
def recount() -> None:
    """Rebuild every roll-up from the files, and say whether any differed."""
    found = actions.recount()
    commit()
    if found.differed:
        click.echo(
            f"differed: {found.wrong_rows} of {found.rows} numbers,"
            f" {found.wrong_files} of {found.files} files; put right"
        )
    else:
        click.echo(f"nothing differed: {found.rows} numbers over {found.files} files")
