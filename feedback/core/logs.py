"""Structured logs: one JSON line a happening, with an id and no personal data."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import structlog
from sqlalchemy.exc import SQLAlchemyError

# frames without their local variables: those may hold what a resident wrote
_FRAMES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
# whose words repeat a value: "invalid literal for int(): 'hoa@…'", "Failing row contains (…)"
_REPEAT = (ValueError, SQLAlchemyError, psycopg.Error)
_VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*@[^()]*\)")


def init(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_told),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _told(exc_info: Any) -> list[dict[str, Any]]:
    """Where it happened and what it is called; of words that may repeat somebody's own, what is left
    without values, and nothing after the first line."""
    stacks = _FRAMES(exc_info)
    for stack, error in zip(stacks, _chain(exc_info[1]), strict=False):
        if isinstance(error, _REPEAT):
            first = str(stack["exc_value"]).partition("\n")[0]
            stack["exc_value"] = _VALUE.sub("…", first)
    return stacks


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """It, and what it came from, in the order in which they are told."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


log = structlog.get_logger()
