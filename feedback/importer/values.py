"""Entries and cells → values of a task, with their places and how sure each is."""

from __future__ import annotations

from dataclasses import replace

from feedback.importer.agencies import Named, begins_with_agency, read_agencies
from feedback.importer.dates import due_of, find_deadlines, is_time, read_deadline
from feedback.importer.prose import Sentence
from feedback.importer.result import Place, Task, Value
from feedback.importer.roles import (
    COORDINATING,
    DEADLINE,
    IMPLEMENTING,
    LEAD,
    MIXED,
    PRODUCT,
    ROLES,
    Field,
)
from feedback.importer.shares import read_shares, tells_shares
from feedback.importer.structure import Block, Entry

MAX_DEADLINE = 200
_ANSWERS = ("phụ trách", "trách nhiệm")
SURE = {"lines": 0.98, "table": 0.95, "heading": 0.85, "prose": 0.75, "weak": 0.6}


def new_task(path: str, label: str, parent: Block | None, entries: list[Entry]) -> Task:
    """A task with the words of these entries."""
    text = " ".join(" ".join(entry.text for entry in entries).split())
    first = entries[0].first if entries else 0
    last = max((entry.last for entry in entries), default=first)
    task = Task(path[:60], label[:20], parent.path if parent else None, text, first, last)
    place = Place(first, last, entries[0].page if entries else None)
    task.values.append(Value("text", text[:60], place, 0.95))
    return task


def place_of(entry: Entry) -> Place:
    return Place(entry.first, entry.last, entry.page)


def take_fields(task: Task, entries: list[Entry]) -> None:
    """The roles, the deadline and the product of a set of field lines."""
    entries = _times_apart(entries)
    kinds = [entry.field.kind for entry in entries if entry.field]
    beside = COORDINATING in kinds and LEAD not in kinds and kinds.count(IMPLEMENTING) == 1
    for entry in entries:
        if entry.field is None:
            continue
        kind = entry.field.kind
        if beside and kind == IMPLEMENTING and any(w in entry.field.key.lower() for w in _ANSWERS):
            kind = LEAD  # who answers leads where others join in
        if kind == MIXED or kind in ROLES and _tells(entry.field):
            for share in read_shares(entry.field.value, LEAD if kind == MIXED else kind):
                take_names(task, share.role, read_agencies(share.words), place_of(entry))
        elif entry.field.kind in ROLES:
            take_names(task, kind, read_agencies(entry.field.value), place_of(entry))
        elif entry.field.kind == PRODUCT:
            task.product = " ".join(entry.field.value.split())[:500] or None
    take_deadlines(task, entries)


def _times_apart(entries: list[Entry]) -> list[Entry]:
    """``Phân công: Sở A chủ trì; Sở B phối hợp. Xong trước 28/02/2026.``: the last sentence is a deadline."""
    if any(entry.field is not None and entry.field.kind == DEADLINE for entry in entries):
        return entries
    found: list[Entry] = []
    for entry in entries:
        told = entry.field
        who, dot, when = told.value.rstrip(" .").rpartition(". ") if told else ("", "", "")
        if told is None or not dot or told.kind not in (*ROLES, MIXED) or not is_time(when):
            found.append(entry)
            continue
        found.append(replace(entry, field=replace(told, value=who)))
        found.append(replace(entry, field=Field(DEADLINE, "", when)))
    return found


def _tells(field: Field) -> bool:
    """Whether the value itself says who leads and who joins in."""
    return (
        field.kind != COORDINATING and tells_shares(field.value) or "chủ trì" in field.value.lower()
    )


def take_names(task: Task, role: str, names: list[Named], place: Place, form: str = "") -> None:
    """Bodies in a role. What does not look like a body is kept, and said to be unsure."""
    for named in names:
        sure, reasons = SURE[form or task.form], list[str]()
        if named.cut:
            sure, reasons = sure - 0.1, [*reasons, "words left out"]
        if named.guessed:
            sure, reasons = sure - 0.05, [*reasons, "comma weighed"]
        if not begins_with_agency(named.name[:1].upper() + named.name[1:]):
            sure, reasons = sure - 0.4, [*reasons, "no known kind of body"]
        if task.form == "heading":
            reasons.append("from the heading")
        if task.form in ("prose", "weak"):
            reasons.append("in a sentence")
        task.give(Value(role, named.name[:200], place, round(max(sure, 0.1), 2), reasons))


def take_sentence(task: Task, sentence: Sentence, entry: Entry) -> None:
    place = place_of(entry)
    take_names(task, LEAD, sentence.lead, place)
    take_names(task, COORDINATING, sentence.coordinating, place)
    take_names(task, IMPLEMENTING, sentence.implementing, place)


def take_deadlines(task: Task, entries: list[Entry], *, shared: bool = False) -> None:
    """The deadline lines; where there is none, phrases of time in the words (prose only)."""
    for entry in entries:
        if entry.field is not None and entry.field.kind == DEADLINE:
            words = read_deadline(_spaced(entry.field.value))
        elif entry.field is None and task.form in ("prose", "weak", "heading"):
            words = "; ".join(find_deadlines(entry.text)[:2])
        else:
            continue
        if words:
            add_deadline(task, words, place_of(entry), shared=shared)


def _spaced(value: str) -> str:
    return "; ".join(part.strip(" .;") for part in value.split("\n")) if len(value) <= 90 else value


def add_deadline(task: Task, words: str, place: Place, *, shared: bool = False, reason: str = "") -> None:  # fmt: skip
    """One more deadline; several are joined with semicolons. ``reason``: why it is not quite sure."""
    if task.deadline is not None and words in task.deadline:
        return
    joined = f"{task.deadline}; {words}" if task.deadline else words
    task.deadline = joined[:MAX_DEADLINE]
    due = due_of(task.deadline)
    task.due_on = due.on.isoformat() if due.on else None
    reasons = [one for one in (due.reason, "shared line" if shared else "", reason) if one]
    sure = SURE[task.form] - (0.3 if due.reason in ("year missing", "several dates") else 0.0)
    sure -= 0.1 if shared or reason else 0.0
    task.values.append(Value("deadline", words, place, round(sure, 2), reasons))


def judge(
    task: Task, *, rebuilt: bool = False, from_picture: bool = False, guessed: bool = False
) -> None:
    """How sure the whole task is: as its least sure value. ``guessed``: read by a fall-back."""
    doubts = (
        (rebuilt, "rebuilt table", 0.15),
        (from_picture, "read from a picture", 0.15),
        (guessed, "guessed", 0.35),
    )
    for doubted, reason, less in doubts:
        for value in task.values if doubted and reason not in task.values[-1].reasons else ():
            value.sure = round(max(value.sure - less, 0.1), 2)
            value.reasons.append(reason)
    if not (task.lead or task.implementing or task.shared_from):
        task.sure = min(task.sure, 0.5)
    task.sure = min([task.sure, *(value.sure for value in task.values)])
