"""What may be recorded: every feature declares its tags in its ``events.py``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"[a-z_]{2,20}:[a-z_]{2,36}")


@dataclass(frozen=True, slots=True)
class Tag:
    """``code`` is "noun:happened"; ``announced`` says whether someone is told of it; ``title`` is English."""

    code: str
    announced: bool = False
    title: str = ""


_declared: dict[str, Tag] = {}


class UnknownTag(LookupError):
    """A tag was recorded that no feature declared."""


def declare(*tags: Tag) -> tuple[Tag, ...]:
    """Make tags known; declaring the same tag again is harmless. Raises ValueError on a clash."""
    for tag in tags:
        if not _CODE.fullmatch(tag.code):
            raise ValueError(f"{tag.code!r} is not of the form noun:happened")
        if _declared.setdefault(tag.code, tag) != tag:
            raise ValueError(f"{tag.code} is declared twice")
    return tags


def find(tag: Tag | str) -> Tag:
    """The declared tag. Raises UnknownTag."""
    code = tag.code if isinstance(tag, Tag) else tag
    try:
        return _declared[code]
    except KeyError:
        raise UnknownTag(f"{code} is declared by no feature") from None


def all_tags() -> tuple[Tag, ...]:
    """Every declared tag, in the order of its code."""
    return tuple(_declared[code] for code in sorted(_declared))


def title_of(code: str) -> str:
    """The English title of a tag, or the code itself where an old log holds a tag of the past."""
    tag = _declared.get(code)
    return tag.title if tag else code
