"""What may go wrong by a person's doing; each carries the sentence that the person reads."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The rules say no. ``message`` is a lazy translated sentence, ``field`` the form field it is about."""

    status = 422

    def __init__(self, message: Any, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(code)
        self.message = message
        self.field = field
        self.code = code


class Conflict(Refused):
    """Somebody else changed the same thing first; what was typed must be kept."""

    status = 409


class WithAnother(Refused):
    """The work is somebody else's now: what was typed is shown, so that it can be handed on."""

    status = 403


class Busy(Refused):
    """The site cannot write just now (disk full, read-only): try again later."""

    status = 503
