"""A body as a heading: what is listed below it is what that body has to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from feedback.importer.agencies import Named, begins_with_agency, names_alone, split_agencies
from feedback.importer.headings import heading_agencies
from feedback.importer.labels import PLUS
from feedback.importer.narrative import without_narrative
from feedback.importer.prose import partners, read_sentence, says_no_more
from feedback.importer.result import Task
from feedback.importer.roles import COORDINATING, IMPLEMENTING, LEAD
from feedback.importer.structure import Block, Entry
from feedback.importer.values import new_task, place_of, take_deadlines, take_fields, take_names

MAX_HEADING = 160
# Nhiệm vụ do Sở A chủ trì; Nhóm việc giao cho Sở B thực hiện
_GIVEN = re.compile(
    r"(?:nhiệm vụ|việc|nội dung|đề án|hoạt động|giải pháp|chỉ tiêu)\s(?:[^\W\d]{1,7}\s){0,3}?(?:do|giao(?: cho)?)\s"
    r"([^:.;]{3,100}?)\s(làm (?:đầu mối|chủ đầu tư)|chủ trì|thực hiện|phụ trách|đảm nhận|đảm nhiệm|chịu trách nhiệm)\b",
    re.I,
)
MAX_BEHIND = 5  # words that may stand behind a body before the colon


@dataclass
class _Dash:
    """A task of the list: its words, the plus lines below it, its fields."""

    texts: list[Entry] = field(default_factory=list)
    below: list[Entry] = field(default_factory=list)
    fields: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Owners:
    """The bodies of a heading; ``leads`` where it says that they lead, with whom else."""

    names: list[str]
    leads: bool = False
    partners: list[Named] = field(default_factory=list)


def owners_of(block: Block, heading: str) -> Owners | None:
    """``1. Sở A``, ``2. Sở B chủ trì, phối hợp với Sở C thực hiện các nhiệm vụ sau:``"""
    names = heading_agencies(heading)
    if names:
        return Owners(names)
    lists = block.children or any(entry.bullet for entry in block.entries[1:])
    given = _GIVEN.search(heading[:MAX_HEADING]) if lists else None
    if given and begins_with_agency(given[1]) and names_alone(given[1]):
        leads = "chủ trì" in given[2].lower() or "đầu mối" in given[2].lower()
        return Owners(split_agencies(given[1]), leads)
    if not lists or not block.title.rstrip().endswith(":"):
        return None
    sentence = read_sentence(block.title)
    if sentence is not None and says_no_more(block.title, sentence):
        doing = sentence.implementing if sentence.coordinating else []
        if sentence.lead or doing:
            names = [named.name for named in sentence.lead or doing]
            return Owners(names, bool(sentence.lead), sentence.coordinating)
    name, cut = without_narrative(heading)  # Chủ tịch UBND các xã tập trung:
    behind = len(heading.split()) - len(name.split())
    bodies = heading_agencies(name) if cut and behind <= MAX_BEHIND else None
    return Owners(bodies) if bodies else None


def tasks_of_owner(block: Block, own: Owners | None, above: Owners | None) -> list[Task]:
    """``own``: the bodies that this heading names; ``above``: those of the heading over it."""
    owners = own or above or Owners([])
    head, _colon, rest = block.title.partition(":")
    rest = "" if "(" in head and ")" not in head else rest
    dashes = _dashes(block.entries[1:])
    if own is None:
        task = new_task(block.path, block.label.written, block.parent, _words(block.entries))
        task.form = "heading"
        _give(task, owners, task.text, block.entries[0])
        take_fields(task, [e for e in block.entries if e.field])
        if task.deadline is None:
            take_deadlines(task, _words(block.entries))
        return [task]
    made: list[Task] = []
    if (
        not owners.leads
        and len(rest.split()) > 3
        and not block.children
        and not (dashes and rest.rstrip().endswith(":"))
    ):
        task = new_task(block.path, block.label.written, block.parent, block.entries[:1])
        task.form = "heading"
        _give(task, owners, rest, block.entries[0])
        take_fields(task, [e for e in block.entries if e.field])
        if task.deadline is None:
            take_deadlines(task, block.entries[:1])
        return [task]
    for count, dash in enumerate(dashes, start=1):
        made.extend(_tasks(block, dash, count, owners))
    return made


def _words(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.field is None]


def _dashes(entries: list[Entry]) -> list[_Dash]:
    found: list[_Dash] = []
    for entry in entries:
        if entry.field is not None and found:
            found[-1].fields.append(entry)
        elif entry.bullet is not None and entry.bullet.rank[0] == PLUS and found:
            found[-1].below.append(entry)
        elif entry.table is None:
            found.append(_Dash([entry]))
    return found


def _tasks(block: Block, dash: _Dash, count: int, owners: Owners) -> list[Task]:
    """One task for a dash, or one for each plus line below it that begins with a body of its own."""
    path, label = f"{block.path}.({count})", "-"
    named = [entry for entry in dash.below if begins_with_agency(entry.text)]
    if len(named) > 1 and len(named) * 2 > len(dash.below):
        made = []
        for inner, entry in enumerate(dash.below, start=1):
            task = new_task(f"{path}.({inner})", "+", block, [entry])
            task.form = "heading"
            _give_own(task, entry, owners)
            take_deadlines(task, dash.fields, shared=True)
            made.append(task)
        return made
    task = new_task(path, label, block, [*dash.texts, *dash.below])
    task.form = "heading"
    _give(task, owners, task.text, dash.texts[0])
    take_fields(task, dash.fields)
    if task.deadline is None:
        take_deadlines(task, dash.texts)
    return [task]


def _give(task: Task, owners: Owners, text: str, entry: Entry) -> None:
    """The heading's bodies lead where the words say "Chủ trì …"; else they do it."""
    words = text.strip(" -:").lower()
    leads = owners.leads or words.startswith(
        ("chủ trì", "là cơ quan chủ trì", "làm đầu mối, chủ trì")
    )
    names = [Named(name) for name in owners.names]
    take_names(task, LEAD if leads else IMPLEMENTING, names, place_of(entry))
    others = [] if words.startswith("chỉ đạo") else partners(text)  # whose partners they are
    if words.startswith("phối hợp") and others and others[0].name[:1].islower():
        others = []  # "Phối hợp với các cơ quan có liên quan …" names nobody
    take_names(task, COORDINATING, others or owners.partners, place_of(entry))


def _give_own(task: Task, entry: Entry, owners: Owners) -> None:
    """``+ Sở A: …``, ``+ Sở A phối hợp Sở B: …``"""
    head, _colon, _rest = entry.text.partition(":")
    names = heading_agencies(head)
    sentence = read_sentence(entry.text)
    if sentence is not None and (sentence.lead or sentence.implementing):
        take_names(task, LEAD, sentence.lead, place_of(entry))
        take_names(task, IMPLEMENTING, sentence.implementing, place_of(entry))
    else:
        take_names(task, IMPLEMENTING, [Named(n) for n in names or owners.names], place_of(entry))
    take_names(task, COORDINATING, partners(entry.text), place_of(entry))
