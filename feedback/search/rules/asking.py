"""What somebody typed, as questions about terms, best answers first; and each as an engine reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from feedback.core.text import fold
from feedback.search.rules.terms import WHOLE_TITLE, facet, first_place, pairs, whole, words_of

MOST_TYPED = 12  # words; more are left out
FACETS = {"kind": "k", "agency": "a", "plan": "p", "state": "s", "commune": "c"}
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_CODE = re.compile(r"[a-z0-9_-]{1,60}")


@dataclass(frozen=True)
class Term:
    """One term; ``opens``: every term that begins so will do."""

    text: str
    opens: bool = False


@dataclass(frozen=True)
class Match:
    """Everything that holds all of ``all`` and not all of ``none``; nothing to leave out where empty."""

    all: tuple[Term, ...]
    none: tuple[Term, ...] = ()

    def fts5(self) -> str:
        """As SQLite's FTS5 reads it."""
        wanted = _fts5(self.all)
        return f"({wanted}) NOT ({_fts5(self.none)})" if self.none else wanted

    def tsquery(self) -> str:
        """As PostgreSQL's ``tsquery`` reads it."""
        wanted = _tsquery(self.all)
        return f"{wanted} & !({_tsquery(self.none)})" if self.none else wanted


def _fts5(terms: Sequence[Term]) -> str:
    return " AND ".join(f'"{term.text}"{" *" if term.opens else ""}' for term in terms)


def _tsquery(terms: Sequence[Term]) -> str:
    return " & ".join(f"'{term.text}'{':*' if term.opens else ''}" for term in terms)


@dataclass(frozen=True)
class Asked:
    """What is looked for. ``typed`` as it was typed; ``facets`` by name (``FACETS``); ``since`` a day."""

    typed: str = ""
    facets: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None

    def but(self, name: str) -> Asked:
        """The same without one facet (or without ``since``)."""
        if name == "since":
            return replace(self, since=None)
        return replace(self, facets={k: v for k, v in self.facets.items() if k != name})


@dataclass(frozen=True)
class Question:
    """``steps``: the same things from the best kind of hit to the plainest, none in two of them; ``all``
    of them together. ``exact``: phrases of three words and more, which terms of two cannot promise.
    ``low``: the first place (``terms.place_of``) that is looked at."""

    all: Match
    steps: tuple[Match, ...]
    words: tuple[str, ...]
    exact: tuple[str, ...]
    low: int
    since: date | None = None
    opens: bool = False

    def __bool__(self) -> bool:
        return bool(self.all.all)


def question(asked: Asked, *, opens: bool = False) -> Question:
    """Every typed word must occur, what stands in quotes next to each other; with ``opens`` the last
    word may be the beginning of one.

    Best is what is called just so, then what has all words next to each other in its title, then next
    to each other anywhere, then all the others.
    """
    phrases, words = _parts(asked.typed)
    opens = opens and bool(words) and not _ends_quoted(asked.typed)
    last = len(words) - 1
    wanted = [Term(word, opens and n == last) for n, word in enumerate(words)]
    for phrase in phrases:
        wanted += [Term(pair) for pair in pairs("_", phrase)]
    wanted += [
        Term(facet(FACETS[k], v)) for k, v in asked.facets.items() if v and _CODE.fullmatch(v)
    ]
    required = tuple(dict.fromkeys(wanted))
    return Question(
        all=Match(required),
        steps=_steps(required, words, opens),
        words=tuple(words),
        exact=tuple(" ".join(phrase) for phrase in phrases if len(phrase) > 2),
        low=first_place(asked.since) if asked.since else 0,
        since=asked.since,
        opens=opens,
    )


def suggesting(typed: str, kind: str = "") -> Match:
    """Titles that hold every typed word, the last one as a beginning. Nothing for no word."""
    words = words_of(fold(typed))[:MOST_TYPED]
    if not words:
        return Match(())
    terms = [Term(f"={word}") for word in words[:-1]] + [Term(f"/{words[-1]}")]
    return Match(tuple(terms + ([Term(facet("k", kind))] if kind else [])))


def _parts(typed: str) -> tuple[list[list[str]], list[str]]:
    """The phrases in quotes, and all words in their order."""
    phrases, words, at = [], [], 0
    for found in _QUOTED.finditer(typed):
        words += words_of(fold(typed[at : found.start()]))
        phrase = words_of(fold(found[1]))[: max(0, MOST_TYPED - len(words))]
        phrases.append(phrase)
        words += phrase
        at = found.end()
    words += words_of(fold(typed[at:]))
    return [phrase for phrase in phrases if len(phrase) > 1], words[:MOST_TYPED]


def _ends_quoted(typed: str) -> bool:
    return typed.rstrip()[-1:] in '"“”„«»'


def _steps(required: tuple[Term, ...], words: list[str], opens: bool) -> tuple[Match, ...]:
    """A term of two words says that both are there, one of the title that it stands in the text as well:
    the better steps need not ask for what theirs imply, and look through one list instead of four."""
    if not words:
        return (Match(required),)
    kinds: list[tuple[Term, ...]] = []
    if not opens and len(words) <= WHOLE_TITLE:
        kinds.append((Term(whole(words)),))
    kinds.append(_next_to(words, "=", opens))
    if len(words) > 1:
        kinds.append(_next_to(words, "_", opens))
    limits = tuple(term for term in required if term.text.startswith("@"))
    better = [Match((*kind, *limits), kinds[n - 1] if n else ()) for n, kind in enumerate(kinds)]
    return (*better, Match(required, kinds[-1]))


def _next_to(words: list[str], mark: str, opens: bool) -> tuple[Term, ...]:
    found = pairs(mark, words) if len(words) > 1 else [f"{mark}{words[0]}"]
    return tuple(Term(text, opens and n == len(found) - 1) for n, text in enumerate(found))
