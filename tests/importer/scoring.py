"""How well a reading agrees with a hand-made answer: the same measures as for the real documents."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLES = ("lead", "coordinating", "implementing")


@dataclass(frozen=True)
class Score:
    found: int
    items: int
    extra: int
    f1: float
    deadlines: int
    dated: int
    texts: int
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"items {self.found}/{self.items}+{self.extra} F1 {self.f1:.3f}"
            f" deadlines {self.deadlines}/{self.dated} texts {self.texts}/{self.items}"
        )


def plain(text: str | None) -> str:
    value = unicodedata.normalize("NFC", text or "").lower()
    return " ".join(re.sub(r"[^\w\s]", " ", value).split())


def answer(path: Path) -> dict[str, Any]:
    """``items``: start and end of the text, the agencies of the three roles, the deadline."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def score(wanted: dict[str, Any], found: dict[str, Any]) -> Score:
    """Compare an answer with the object of ``plans parse``."""
    given = [item for item in found["items"] if any(item[role] for role in ROLES)]
    faults = [
        f"{k}: {found[k]!r}" for k in ("number", "issued_on", "signer") if found[k] != wanted[k]
    ]
    truth, claim = set(), set()
    matched = deadlines = texts = 0
    for at, (start, end, *roles, deadline) in enumerate(wanted["items"]):
        truth |= {(at, r, plain(n)) for r, names in zip(ROLES, roles, strict=True) for n in names}
        match = next((g for g in given if plain(g["text"]).startswith(plain(start))), None)
        if match is None:
            faults.append(f"missing {start}")
            continue
        given.remove(match)
        matched += 1
        claim |= {(at, r, plain(n)) for r in ROLES for n in match[r]}
        if plain(match["text"]).endswith(plain(end)):
            texts += 1
        else:
            faults.append(f"{start}: ends {match['text'][-40:]!r}")
        if plain(match["deadline"]) == plain(deadline):
            deadlines += bool(deadline)
        else:
            faults.append(f"{start}: deadline {match['deadline']!r}")
    claim |= {(f"extra {n}", r, plain(a)) for n, g in enumerate(given) for r in ROLES for a in g[r]}
    faults += [f"extra {g['path']} {g['text'][:50]}" for g in given]
    faults += [f"lost {one}" for one in sorted(truth - claim, key=str)]
    faults += [f"too much {one}" for one in sorted(claim - truth, key=str)]
    right = len(truth & claim)
    f1 = 2 * right / (len(truth) + len(claim)) if right else 0.0
    dated = sum(bool(item[-1]) for item in wanted["items"])
    count = len(wanted["items"])
    return Score(matched, count, len(given), f1, deadlines, dated, texts, tuple(faults))
