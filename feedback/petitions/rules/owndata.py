"""Which term a request about one's own data has, and which words go: pure rules."""

from __future__ import annotations

REPLY = "DATA_REPLY"
TERMS = {"delete": "DATA_DELETE", "account": "DATA_DELETE", "correct": "DATA_VIEW"}
# fields of the record in which the sender speaks or is found, by event; agencies' words are not hers
HERS = {
    "petition:submitted": ("place", "pin", "consents"),
    "petition:supplied": ("reply",),
    "petition:rated": ("words",),
    "petition:withdrawn": ("words",),
    "petition:disputed": ("reason",),
}
WHERE_NOT_PUBLIC = {"petition:submitted": ("title", "text")}


def fields_to_erase(kind: str, *, public: bool) -> tuple[str, ...]:
    """What the public read stays with the public, without a name; what it never read goes whole."""
    return HERS.get(kind, ()) + (() if public else WHERE_NOT_PUBLIC.get(kind, ()))
