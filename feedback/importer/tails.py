"""Bodies at a task's end of which nothing says what they do: ``… (Sở Y tế, quý II/2026)``, ``… → Sở Y tế``,
``… – UBND xã A – trước 10/3/2026``. They may as well be asked or told, so only a document that ends many of its
tasks so is read so (readings.py)."""

from __future__ import annotations

import re

from feedback.importer.agencies import begins_with_agency, names_alone, read_agencies
from feedback.importer.dates import is_time
from feedback.importer.roles import DEADLINE, IMPLEMENTING, Field
from feedback.importer.shares import read_shares, tells_shares

MAX_TAIL = 300
MAX_MARKS = 12
_MARKS = re.compile(r"\s?(?:→|⇒|=>|->|➔|➜)\s?|\s(?:[|–—/-])\s|\.\s|\s\(|\s\[")
_AHEAD = re.compile(r"[\[(]([^\[\]()]{3,200})[\])]\s?[:–-]?\s?(?=\S)")  # [Sở Y tế] Lập tổ …
_PARTS = re.compile(r"[,;|]\s|\s(?:[|–—/-])\s|\.\s|\)\s?")


def without_tail(text: str) -> tuple[str, list[Field]]:
    """A task's words, and the fields that its end gives."""
    ahead = _AHEAD.match(text)
    told = _fields(ahead[1]) if ahead else []
    if ahead and told:
        return text[ahead.end() :], told
    whole = text.rstrip(" .;)]")
    low = max(1, len(whole) - MAX_TAIL)
    marks = list(_MARKS.finditer(whole, low))[-MAX_MARKS:]
    for mark in marks:
        fields = _fields(whole[mark.end() :])
        if fields:
            return whole[: mark.start()].rstrip(" .;,"), fields
    return text, []


def _fields(tail: str) -> list[Field]:
    """The tail as bodies, and a time before or behind them; nothing where it holds other words."""
    when, who = [], tail.strip(" .;,")
    for part in _PARTS.finditer(tail):
        before, behind = tail[: part.start()].strip(" .;,"), tail[part.end() :].strip(" .;,")
        if is_time(behind):
            when, who = [Field(DEADLINE, "", behind)], before
            break
        if is_time(before) and behind:
            when, who = [Field(DEADLINE, "", before)], behind
            break
    shares = read_shares(who, IMPLEMENTING) if tells_shares(who) else []
    if not shares:
        return [Field(IMPLEMENTING, "", who), *when] if _are_bodies(who) else []
    if not all(_are_bodies(share.words) for share in shares):
        return []
    return [*(Field(share.role, "", share.words) for share in shares), *when]


def _are_bodies(words: str) -> bool:
    name = words[:1].upper() + words[1:]
    if not begins_with_agency(name) or not names_alone(words):
        return False
    return all(begins_with_agency(n.name[:1].upper() + n.name[1:]) for n in read_agencies(words))
