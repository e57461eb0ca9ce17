"""The terms by which one text is found: a set of short words of ours, the same for every database.

Both engines are asked about sets of terms only, so they cannot disagree: what is a word, a phrase, a
title or a facet is decided here. A term begins with what sort it is:

=========  ============================================================================
``den``    a word of title, note or text, folded (no accents, đ as d)
``_a_b``   two words next to each other
``=den``   a word of the title; ``=a_b`` two next to each other there
``==a_b``  the whole title, or a whole name
``/de``    what a word of the title begins with (for suggestions while somebody types)
``@s…``    a facet: ``@k`` kind, ``@a`` agency, ``@p`` plan, ``@s`` state, ``@c`` commune
``@y2026`` when: year, ``@m202611`` month, ``@d20261126`` day
=========  ============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback.core.text import fold

# in the order in which things of one day come: the last one first
KINDS = ("agency", "item", "petition", "answer", "comment")
MOST_WORDS = 4000  # of one text; what comes later is kept, but not found
LONGEST_WORD = 40  # characters of a word that count
WHOLE_TITLE = 12  # a title of more words is not looked for as a whole
FIRST_DAY = date(2000, 1, 1)
_DAY, _KIND, _REF = 1 << 40, 1 << 36, (1 << 36) - 1


@dataclass(frozen=True)
class Entry:
    """One thing that everybody may find.

    ``ref`` is its key among those of its kind; ``day`` when it came to be (none: before everything).
    ``names``: other names that mean just this. ``named``: whether its title counts as its own (a comment
    stands under the title of something else). Facets are codes that the index need not understand.
    """

    kind: str
    ref: int
    title: str
    body: str
    address: str
    day: date | None = None
    note: str = ""
    names: Sequence[str] = ()
    named: bool = True
    agencies: Sequence[str] = ()
    plan: str = ""
    state: str = ""
    commune: str = ""


def place_of(entry: Entry) -> int:
    """Where it stands among all: by day, kind and key. No two are alike; the newest is the largest."""
    return first_place(entry.day) + (KINDS.index(entry.kind) + 1) * _KIND + entry.ref


def first_place(day: date | None) -> int:
    """Before everything of this day and after everything of the day before."""
    return max(0, ((day or FIRST_DAY) - FIRST_DAY).days) * _DAY


def day_of(place: int) -> date:
    return FIRST_DAY + timedelta(days=place // _DAY)


def folded_of(entry: Entry, folded: Callable[[str], str] = fold) -> str:
    """Title, note and text, two spaces apart, so that no phrase goes over from one into the other."""
    return f" {'  '.join(folded(part) for part in (entry.title, entry.note, entry.body))} "


def terms_of(entry: Entry, folded: str, fold: Callable[[str], str] = fold) -> str:
    """Every term of an entry, one space apart. ``folded`` is what ``folded_of`` gives."""
    parts = [words_of(part) for part in folded[1:-1].split("  ")]
    found: dict[str, None] = {}
    for words in parts:
        found.update(dict.fromkeys(words))
        found.update(dict.fromkeys(pairs("_", words)))
    if entry.named:
        for name in (parts[0], *(words_of(fold(name)) for name in entry.names)):
            found.update(dict.fromkeys(_title_terms(name)))
    found.update(dict.fromkeys(facets_of(entry)))
    return " ".join(found)


def words_of(folded: str) -> list[str]:
    """The words of a folded text as far as they count."""
    return [word[:LONGEST_WORD] for word in folded.split()[:MOST_WORDS]]


def pairs(mark: str, words: Sequence[str]) -> list[str]:
    """Two words next to each other, each pair one term."""
    return [f"{mark}{one}_{two}" for one, two in zip(words, words[1:], strict=False)]


def whole(words: Sequence[str]) -> str:
    return f"=={'_'.join(words)}"


def facets_of(entry: Entry) -> list[str]:
    single = [("k", entry.kind), ("p", entry.plan), ("s", entry.state), ("c", entry.commune)]
    values = [*single, *(("a", code) for code in entry.agencies)]
    return [facet(name, value) for name, value in values if value] + _when(entry.day)


def facet(name: str, value: str) -> str:
    return f"@{name}{value}"


def since(first: date, last: date) -> list[str]:
    """Terms of which everything of these days holds at least one (and what lies close by as well):
    few, because they are days, months or years, whichever is enough. PostgreSQL walks through all of the
    shortest lists, so that ten months cost more than two years."""
    days = (last - first).days
    if days < 32:
        return [_day(first + timedelta(days=n)) for n in range(days + 1)]
    if days < 125:
        number = (last.year - first.year) * 12 + last.month - first.month
        months = (divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(number + 1))
        return [f"@m{year}{month + 1:02d}" for year, month in months]
    return [f"@y{year}" for year in range(first.year, last.year + 1)]


def _title_terms(words: Sequence[str]) -> Iterable[str]:
    yield from words
    yield from pairs("_", words)
    yield from (f"={word}" for word in words)
    yield from pairs("=", words)
    for word in words:
        yield from (f"/{word[:length]}" for length in range(1, len(word) + 1))
    if 0 < len(words) <= WHOLE_TITLE:
        yield whole(words)


def _when(day: date | None) -> list[str]:
    return [f"@y{day:%Y}", f"@m{day:%Y%m}", _day(day)] if day else []


def _day(day: date) -> str:
    return f"@d{day:%Y%m%d}"
