"""The entries of a block cut into sets: words, then the fields that belong to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from feedback.importer.agencies import names_alone
from feedback.importer.roles import DEADLINE, DETAIL, MIXED, PRODUCT, ROLES, TASK, Field
from feedback.importer.structure import Entry

_FIELDS = (*ROLES, MIXED, DEADLINE, PRODUCT)
MAX_FIELDS = 400  # of one task


@dataclass
class Chunk:
    """Words and the fields after them."""

    texts: list[Entry] = field(default_factory=list)
    fields: list[Entry] = field(default_factory=list)

    @property
    def has_roles(self) -> bool:
        return any(entry.field and entry.field.kind in (*ROLES, MIXED) for entry in self.fields)

    @property
    def has_deadline(self) -> bool:
        return any(entry.field and entry.field.kind == DEADLINE for entry in self.fields)


def chunks(entries: list[Entry]) -> list[Chunk]:
    """Cut the entries: words after a set of fields begin the next one."""
    found = [Chunk()]
    again = _given_again(entries)
    for entry in entries:
        if entry.table is not None:
            continue
        current = found[-1]
        kind = entry.field.kind if entry.field else None
        if kind in _FIELDS:
            if len(current.fields) < MAX_FIELDS:
                current.fields.append(entry)
        elif kind == TASK and entry.field and _names(entry.field, again, current, entries):
            named = replace(entry, text=entry.field.value, field=None)
            if current.fields:
                found.append(Chunk([named]))
            else:  # the field names the task, whatever stands above
                current.texts = [named]
        elif current.fields and (kind == DETAIL or _goes_on(current.fields[-1], entry)):
            if kind != DETAIL:
                current.fields[-1] = _longer(current.fields[-1], entry)
        elif current.fields:
            found.append(Chunk([entry]))
        else:
            current.texts.append(entry)
    return [chunk for chunk in found if chunk.texts or chunk.fields]


def _given_again(entries: list[Entry]) -> frozenset[str]:
    """Keys for the words of a task that are given again and again in one block: each begins a task."""
    keys = Counter(e.field.key for e in entries if e.field and e.field.kind == TASK)
    return frozenset(key for key, count in keys.items() if count > 1)


def _names(told: Field, again: frozenset[str], current: Chunk, entries: list[Entry]) -> bool:
    """Whether the field is a task's name: "Tên …", or one of many below the heading or other tasks' fields."""
    if told.key.lower().startswith("tên"):
        return True
    fresh = bool(current.fields) or not current.texts or current.texts == entries[:1]
    return told.key in again and fresh


def _goes_on(last: Entry, entry: Entry) -> bool:
    """Dashes below a field that ends with its colon are its values; so is the rest of a cut sentence."""
    if last.field is None:
        return False
    listed = last.field.value == "" or "\n" in last.field.value
    if listed and entry.bullet is not None:
        deeper = last.bullet is None or entry.bullet.rank > last.bullet.rank
        return deeper or last.field.kind in ROLES and names_alone(entry.text)
    if last.field.value == "":
        return True
    cut = not last.field.value.rstrip().endswith((".", ";", ":"))
    return cut and entry.bullet is None and entry.text[:1].islower()


def _longer(last: Entry, entry: Entry) -> Entry:
    assert last.field is not None
    joint = (
        " " if entry.bullet is None and last.field.value and "\n" not in last.field.value else "\n"
    )
    value = f"{last.field.value}{joint}{entry.text}"
    longer = Field(last.field.kind, last.field.key, value)
    return replace(last, field=longer, last=entry.last)
