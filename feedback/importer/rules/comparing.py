"""What changed between two texts, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"


def word_changes(old: str, new: str) -> list[tuple[str, str]]:
    """The newer text in runs of words: (same | gone | new, words). Together both texts, in order."""
    before, after = old.split(), new.split()
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append((SAME, " ".join(before[a:b])))
            continue
        if a < b:
            found.append((GONE, " ".join(before[a:b])))
        if c < d:
            found.append((NEW, " ".join(after[c:d])))
    return found
