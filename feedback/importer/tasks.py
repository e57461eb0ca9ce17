"""The tree of blocks → tasks with their agencies, whichever way these are given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from feedback.importer.above import date_by_headings, groups_of
from feedback.importer.chunks import Chunk, chunks
from feedback.importer.owners import Owners, owners_of, tasks_of_owner
from feedback.importer.passing import has_no_tasks, is_passing
from feedback.importer.prose import Sentence, read_sentence, says_no_more, sentence_within
from feedback.importer.result import Group, Task
from feedback.importer.roles import DEADLINE
from feedback.importer.rows import tasks_of_table
from feedback.importer.structure import Block, Entry, Outline, walk
from feedback.importer.values import (
    new_task,
    take_deadlines,
    take_fields,
    take_sentence,
)


@dataclass
class Reading:
    """What the tree gives: the tasks, and those given in passing."""

    tasks: list[Task] = field(default_factory=list)
    passing: list[Task] = field(default_factory=list)
    given: dict[str, list[Entry]] = field(default_factory=dict)  # lines above several dated tasks


def read_tasks(found: Outline) -> tuple[list[Task], list[Group], list[Task]]:
    """Tasks, headings above them, and tasks given in passing (when there are others)."""
    reading = Reading()
    owners: dict[str, Owners | None] = {}
    for block in walk(found.blocks):
        _read(block, reading, owners)
    _firm(found, reading)
    strong = [task for task in reading.tasks if task.form != "weak"]
    lined = any(task.form in ("lines", "table") for task in strong)
    tasks, passing = strong, reading.passing + [t for t in reading.tasks if t.form == "weak"]
    if not lined and all(task.form == "prose" for task in strong):
        apart = reading.passing if _told_enough(strong) else []
        tasks, passing = tasks + [t for t in passing if t not in apart], list(apart)
        meant = [task for task in tasks if "trách nhiệm thi hành" not in task.text.lower()]
        tasks, passing = meant or tasks, passing + [t for t in tasks if meant and t not in meant]
        tasks.sort(key=lambda task: task.line)
    if lined:
        tasks, passing = _without_articles(found, tasks, passing)
        nobody = [task for task in tasks if task.form == "prose" and _names_nobody(task)]
        tasks, passing = [t for t in tasks if t not in nobody], [*passing, *nobody]
    for task in (*tasks, *passing):
        task.form = "prose" if task.form == "weak" else task.form
    _share(found, tasks)
    date_by_headings(found, tasks)
    tasks.sort(key=lambda task: task.line)
    return tasks, groups_of(found, tasks), passing


def _without_articles(found: Outline, tasks: list[Task], passing: list[Task]) -> tuple[list[Task], list[Task]]:  # fmt: skip
    """Articles of a decision ("Điều 2. …") give tasks in passing where the plan attached to it has lines."""
    articles = {b.path for b in walk(found.blocks) if b.section.label.written.startswith("Điều")}
    inside = [task for task in tasks if task.path in articles or task.parent in articles]
    if any(task.form in ("lines", "table") for task in inside):
        return tasks, passing
    return [task for task in tasks if task not in inside], [*passing, *inside]


def _names_nobody(task: Task) -> bool:
    """``Thủ trưởng các cơ quan được giao chủ trì …``: said of all whom the lines name."""
    names = [*task.lead, *task.implementing]
    return all("các cơ quan" in n.lower() or "các đơn vị" in n.lower() for n in names)


def _told_enough(tasks: list[Task]) -> bool:
    """Whether sentences that ask somebody to lead make a plan, so that what is said in passing is none of it."""
    return sum(bool(task.lead) for task in tasks) > 1


def _read(block: Block, reading: Reading, owners: dict[str, Owners | None]) -> None:
    """One block: tables, field lines, an agency as its heading, or sentences."""
    for entry in block.entries:
        if entry.table is not None:
            reading.tasks.extend(
                tasks_of_table(entry.table, block.path if block.label.written else "")
            )
    cut = chunks(block.entries)
    passing = is_passing(block)
    if block.parent is not None and block.parent.path in reading.given and not block.children:
        cut = [*cut[:-1], replace(cut[-1], fields=[*cut[-1].fields, *reading.given[block.parent.path]])] if cut else cut  # fmt: skip
    if any(chunk.has_roles for chunk in cut):
        if _dated_below(block):
            reading.given[block.path] = [entry for chunk in cut for entry in chunk.fields]
            return
        reading.tasks.extend(_lined(block, cut))
        return
    own = owners_of(block, _heading(block))
    above = owners.get(block.parent.path) if block.parent else None
    owners[block.path] = own or above
    if own or above:
        heading = block if own else block.parent  # "a) Khen thưởng …" below a body is a task of it
        passing = is_passing(heading)
        if not has_no_tasks(heading):
            made = tasks_of_owner(block, own, above)
            (reading.passing if passing else reading.tasks).extend(made)
        return
    if not has_no_tasks(block):
        for task in _told(block, cut):
            (reading.passing if passing else reading.tasks).append(task)


def _dated_below(block: Block) -> bool:
    """Whether the lines of this block stand over tasks that have nothing but a deadline of their own."""
    fields = [
        entry.field.kind for child in block.children for entry in child.entries if entry.field
    ]
    dated = fields.count(DEADLINE)
    return len(block.children) > 1 and dated == len(fields) and dated * 2 >= len(block.children)


def _firm(found: Outline, reading: Reading) -> None:
    """``2. Sở B bố trí kinh phí.`` beside ``1. Sở A:`` says what that body has to do, as its neighbour does."""
    beside = {block.path for block in _beside_bodies(found.blocks)}
    for block in walk(found.blocks):
        beside |= {child.path for child in _beside_bodies(block.children)}
    for task in reading.tasks:
        if task.form == "weak" and task.path in beside:
            task.form = "prose"


def _beside_bodies(blocks: list[Block]) -> list[Block]:
    """These blocks, where one of them has a body for its heading."""
    return blocks if any(owners_of(block, _heading(block)) for block in blocks) else []


def _heading(block: Block) -> str:
    """The words that a heading consists of: up to its colon, without what follows."""
    title = block.title
    head, colon, _rest = title.partition(":")
    if colon and "(" in head and ")" not in head:
        return title
    return head if colon else title


def _lined(block: Block, cut: list[Chunk]) -> list[Task]:
    """Tasks with lines of their own: the block itself, or one task for each set of lines."""
    cut = _merged(cut)
    bearing = [chunk for chunk in cut if chunk.has_roles]
    if len(bearing) == 1:
        words = _texts(cut, bearing[0])
        if len(words) == 2 and _closed_by_fields(words[1], bearing[0]):
            task = new_task(f"{block.path}.(1)", "-", block, words[1:])
        else:
            task = new_task(block.path, block.label.written, block.parent, words)
        for chunk in cut:
            take_fields(task, chunk.fields)
        return [task]
    made: list[Task] = []
    for count, chunk in enumerate(bearing, start=1):
        alone = count == 1 and chunk.texts[:1] == block.entries[:1]
        entries = chunk.texts[1:] if alone and len(chunk.texts) > 1 else chunk.texts
        if alone and len(chunk.texts) == 1:
            task = new_task(block.path, block.label.written, block.parent, entries)
        else:
            bullet = entries[0].bullet if entries else None
            label = bullet.written if bullet else "-"
            task = new_task(f"{block.path}.({count})", label, block, entries)
        take_fields(task, chunk.fields)
        made.append(task)
    if not cut[0].has_roles:
        for task in made:
            if task.deadline is None:
                take_deadlines(task, cut[0].fields, shared=True)
    return made


def _closed_by_fields(dash: Entry, chunk: Chunk) -> bool:
    """Whether a dash has its fields in its own paragraph (a bracket): they are its, not its heading's."""
    own = [entry for entry in chunk.fields if (entry.first, entry.last) == (dash.first, dash.last)]
    return dash.bullet is not None and dash.bullet.is_bullet and own == chunk.fields


def _merged(cut: list[Chunk]) -> list[Chunk]:
    """A set of lines that only says when goes with the agencies before it."""
    found: list[Chunk] = []
    for chunk in cut:
        if (
            found
            and chunk.fields
            and not chunk.has_roles
            and found[-1].has_roles
            and not found[-1].has_deadline
        ):
            found[-1].fields.extend(chunk.fields)
        else:
            found.append(chunk)
    return found


def _texts(cut: list[Chunk], bearing: Chunk) -> list[Entry]:
    """The words before the first agency line: those of every set of lines up to this one."""
    entries: list[Entry] = []
    for chunk in cut:
        entries.extend(chunk.texts)
        if chunk is bearing:
            break
    return entries or bearing.texts


def _told(block: Block, cut: list[Chunk]) -> list[Task]:
    """Tasks given in sentences, the block's own or its dashes'."""
    made: list[Task] = []
    entries = [part for chunk in cut for entry in chunk.texts for part in _cut_sentence(entry)]
    whole = read_sentence(entries[0].text) if entries else None
    if whole is not None:
        return [
            _sentence(block, block.path, block.label.written, block.parent, entries, whole, cut)
        ]
    told = [(n, e, read_sentence(e.text)) for n, e in enumerate(entries[1:], start=1)]
    told = [(count, entry, sentence) for count, entry, sentence in told if sentence is not None]
    for count, entry, sentence in told:
        assert sentence is not None
        alone = len(told) == 1 and entry.bullet is None and not sentence.weak
        if alone and says_no_more(entry.text, sentence):
            above = entries[:count]  # the words above it are the task, the sentence says whose
            task = _sentence(
                block, block.path, block.label.written, block.parent, above, sentence, cut
            )
            take_deadlines(task, [entry])
            return [task]
        if alone and entry.first == entries[0].first and block.label.written:
            # behind the words of a label, in one paragraph: both together are what is to be done
            return [
                _sentence(
                    block, block.path, block.label.written, block.parent, entries, sentence, cut
                )
            ]
        label = entry.bullet.written if entry.bullet else "-"
        path = f"{block.path}.({count})"
        made.append(_sentence(block, path, label, block, [entry], sentence, []))
    return made


def _cut_sentence(entry: Entry) -> list[Entry]:
    """What is to be done, and the sentence behind it that says by whom."""
    at = sentence_within(entry.text)
    if at is None:
        return [entry]
    before = replace(entry, text=entry.text[:at].strip())
    return [before, replace(entry, text=entry.text[at:], bullet=None)]


def _sentence(block: Block, path: str, label: str, parent: Block | None, entries: list[Entry], sentence: Sentence, cut: list[Chunk]) -> Task:  # fmt: skip
    task = new_task(path, label, parent, entries)
    task.form = "weak" if sentence.weak else "prose"
    take_sentence(task, sentence, entries[0])
    for chunk in cut:
        take_fields(task, chunk.fields)
    if task.deadline is None:
        take_deadlines(task, entries)
    return task


def _share(found: Outline, tasks: list[Task]) -> None:
    """Leaves before a sibling whose agency lines serve them too."""
    lined = {task.path for task in tasks if task.form == "lines" and task.has_agencies}
    barred = {task.path for task in tasks} | {task.parent for task in tasks if task.parent}
    for block in walk(found.blocks):
        owner: Block | None = None
        for child in reversed(block.children):
            if child.children:
                owner = None
            elif child.path in lined:
                owner = child
            elif child.path in barred:
                owner = None
            elif owner is not None:
                task = new_task(child.path, child.label.written, child.parent, child.entries)
                task.shared_from, task.sure = owner.path, 0.8
                tasks.append(task)
