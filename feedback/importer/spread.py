"""One "Sở" for several fields of work: ``các Sở: Xây dựng, Công Thương`` names two bodies."""

from __future__ import annotations

from feedback.importer.names import FIELDS_BY_FIRST


def has_word(lower: str, choices: tuple[str, ...]) -> bool:
    if not lower.startswith(choices):
        return False  # one look instead of a hundred
    for choice in choices:
        if lower.startswith(choice):
            after = lower[len(choice) : len(choice) + 1]
            if not after.isalpha():
                return True
    return False


def spread(entry: str) -> list[str]:
    """``các Sở: Xây dựng, Công Thương`` and ``Các Sở Y tế, Tài chính`` name each with "Sở" given once."""
    words = entry.split(" ", 2)
    lower = entry.lower()
    for head in ("sở", "bộ", "ban"):
        for start in (f"các {head}:", f"các {head} ", f"{head}: ", f"{head} "):
            if lower.startswith(start) and len(words) > 1:
                rest = entry[len(start) :].strip()
                names = _fields_of_work(rest)
                if len(names) > 1:
                    title = entry[start.index(head) :][: len(head)]
                    return [f"{title[:1].upper()}{title[1:]} {name}" for name in names]
    return [entry]


def _fields_of_work(text: str) -> list[str]:
    """The known fields of work that a list is made of, longest first; nothing when one is not known."""
    names: list[str] = []
    rest = text
    while rest:
        folded = rest.lower()
        first = folded.partition(" ")[0].rstrip(",.;")
        name = next((f for f in FIELDS_BY_FIRST.get(first, []) if has_word(folded, (f,))), None)
        if name is None:
            return []
        names.append(rest[: len(name)])
        rest = rest[len(name) :].strip()
        if rest.startswith(","):
            rest = rest[1:].strip()
        if rest.lower().startswith("và "):
            rest = rest[3:].strip()
        if rest[:3].lower() == "sở ":
            rest = rest[3:].strip()
    return names
