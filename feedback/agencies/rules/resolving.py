"""Which body or group a document's wording means: pure rules on folded names held in memory.

In this order: the exact name; what a person decided about this wording; another name or a short one;
a collective phrase; the same with titles and endings taken off ("Giám đốc Sở Y tế tỉnh"); a near match
with its score. The answer says which of these it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz, process

from feedback.agencies.rules.succession import Body
from feedback.core.text import fold

# how: what was done to find it
EXACT, DECIDED, ALIAS, GROUP, NEAR, REFUSED, UNKNOWN = (
    "exact",
    "decided",
    "alias",
    "group",
    "near",
    "refused",
    "unknown",
)
SURE = 93.0  # from here a near match is taken …
APART = 4.0  # … if the next body is that much worse
WORTH_SHOWING = 70.0
LONGEST = 300

_SHORT = {
    "ubnd": "uy ban nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "mttq": "mat tran to quoc",
    "tx": "thi xa",
    "tp": "thanh pho",
    "vp": "van phong",
}
_TITLES = (
    "cac dong chi",
    "dong chi",
    "thu truong",
    "giam doc",
    "pho giam doc",
    "chu tich",
    "lanh dao",
    "de nghi",
    "giao cho",
    "giao",
)
_ENDINGS = (
    "co lien quan",
    "lien quan",
    "tren dia ban tinh",
    "trong tinh",
    "thuoc tinh",
    "cua tinh",
    "tay ninh",
    "cap tinh",
    "tinh",
)


@dataclass(frozen=True)
class Meaning:
    """One body or one group (never both)."""

    body_id: int | None = None
    group_id: int | None = None


NOBODY = Meaning()


@dataclass(frozen=True)
class Candidate:
    """A meaning that a person may choose, with the name that is near and how near (0 to 100)."""

    meaning: Meaning
    name: str
    score: float


@dataclass(frozen=True)
class Found:
    """What a wording means and how that was found. ``meaning`` is NOBODY where a person must say;
    ``candidates`` are then the nearest ones, best first."""

    how: str
    meaning: Meaning = NOBODY
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Found without guessing."""
        return self.how in {EXACT, DECIDED, ALIAS, GROUP}


@dataclass
class Names:
    """All names of all bodies and groups, folded; made once for many wordings."""

    bodies: Mapping[int, Body]
    exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, int] = field(default_factory=dict)
    decided: dict[str, Meaning] = field(default_factory=dict)  # NOBODY: refused
    plain: dict[str, set[Meaning]] = field(default_factory=lambda: defaultdict(set))

    def body(self, body_id: int, name: str, *, is_alias: bool = False) -> None:
        """Add a name of a body."""
        (self.aliases if is_alias else self.exact)[fold(name)].append(body_id)
        self.plain[plain(fold(name))].add(Meaning(body_id=body_id))

    def group(self, group_id: int, name: str) -> None:
        """Add a collective phrase."""
        self.groups[fold(name)] = group_id
        self.plain[plain(fold(name))].add(Meaning(group_id=group_id))


@lru_cache(maxsize=4096)
def plain(folded: str) -> str:
    """A folded wording with short forms written out, without titles before and endings behind."""
    words = " ".join(_SHORT.get(word, word) for word in folded.split())
    words = _without(words, _TITLES, before=True)
    words = words.removeprefix("cac ")
    bare = _without(words, _ENDINGS, before=False)
    return bare if len(bare.split()) > 1 else words  # "Thanh tra tỉnh" is more than "thanh tra"


def _without(words: str, parts: Sequence[str], *, before: bool) -> str:
    again = True
    while again:
        again = False
        for part in parts:
            cut = words.removeprefix(f"{part} ") if before else words.removesuffix(f" {part}")
            again = again or cut != words
            words = cut
    return words


def look_up(wording: str, day: date, names: Names) -> Found:
    """What ``wording`` means in a document of ``day``; of bodies of one name the one of that day."""
    folded = fold(wording)[:LONGEST]
    if not folded:
        return Found(UNKNOWN)
    if folded in names.exact:
        return Found(EXACT, _of_day(names.exact[folded], day, names), 100.0)
    if folded in names.decided:
        meaning = names.decided[folded]
        return Found(DECIDED if meaning != NOBODY else REFUSED, meaning, 100.0)
    if folded in names.aliases:
        return Found(ALIAS, _of_day(names.aliases[folded], day, names), 100.0)
    if folded in names.groups:
        return Found(GROUP, Meaning(group_id=names.groups[folded]), 100.0)
    return _same_but_for_trimmings(folded, day, names) or _near(folded, day, names)


def _of_day(body_ids: Iterable[int], day: date, names: Names) -> Meaning:
    best = min(body_ids, key=lambda one: (not names.bodies[one].exists_on(day), one))
    return Meaning(body_id=best)


def _same_but_for_trimmings(folded: str, day: date, names: Names) -> Found | None:
    meanings = names.plain.get(plain(folded), set())
    groups = {meaning for meaning in meanings if meaning.group_id is not None}
    if groups:
        return Found(GROUP, next(iter(groups)), 99.0) if len(groups) == 1 else None
    bodies = [meaning.body_id for meaning in meanings if meaning.body_id is not None]
    return Found(ALIAS, _of_day(bodies, day, names), 99.0) if bodies else None


def _near(folded: str, day: date, names: Names) -> Found:
    near = process.extract(
        plain(folded),
        names.plain.keys(),
        scorer=fuzz.ratio,
        limit=8,
        score_cutoff=WORTH_SHOWING,
    )
    found: dict[Meaning, Candidate] = {}
    for name, score, _at in near:
        for meaning in sorted(names.plain[name], key=str):
            if meaning.body_id is not None:
                meaning = _of_day(_same_name(names, name), day, names)
            found.setdefault(meaning, Candidate(meaning, name, round(score, 1)))
    best = tuple(found.values())[:5]
    sure = best and best[0].score >= SURE and (len(best) == 1 or _apart(best))
    if sure:
        return Found(NEAR, best[0].meaning, best[0].score, best)
    return Found(UNKNOWN, candidates=best)


def _same_name(names: Names, name: str) -> list[int]:
    return [m.body_id for m in names.plain[name] if m.body_id is not None]


def _apart(best: Sequence[Candidate]) -> bool:
    return best[0].score - best[1].score >= APART
