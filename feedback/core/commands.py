"""What goes wrong in a command is said to the operator in one sentence, with a non-zero exit."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from feedback.core.errors import Refused

PLAIN = "__speaks_plainly__"  # on a command's function: several applications share the commands


def speak_plainly(command: click.Command) -> None:
    """Let this command, and all below it, answer a database that is away or a file that is none of the
    wanted kind with a sentence. A fault of our own keeps its traceback."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            speak_plainly(one)
    elif command.callback is not None and not hasattr(command.callback, PLAIN):
        command.callback = _plainly(command.callback)


def _plainly(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*arguments: Any, **values: Any) -> Any:
        try:
            return callback(*arguments, **values)
        except DBAPIError as error:
            said = str(error.orig).strip().partition("\n")[0]
            raise click.ClickException(f"the database cannot be used: {said}") from error
        except UnicodeDecodeError as error:
            raise click.ClickException("the file is no text in UTF-8") from error
        except csv.Error as error:
            raise click.ClickException(f"the file is no table: {error}") from error
        except OSError as error:
            raise click.ClickException(str(error)) from error
        except Refused as error:
            raise click.ClickException(str(error.message)) from error

    setattr(run, PLAIN, True)
    return run
