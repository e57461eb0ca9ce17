"""Is the chain whole? One pass in constant memory; the first event that is not as it was is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from feedback.audit.rules.canonical import canonical
from feedback.audit.rules.chain import (
    CREATED,
    ERASED,
    GENESIS,
    VERSION,
    commit_field,
    commit_file,
    head_hash,
    leaf_hash,
)


class StoredField(NamedTuple):
    """A row of event_field as the database gives it."""

    name: str
    salt: bytes | None
    value: str | None
    level: str
    erased: bool


class StoredEvent(NamedTuple):
    """A row of event as the database gives it, with its fields in any order."""

    seq: int
    event_id: str
    subject: str
    kind: str
    header: bytes
    leaf: bytes
    prev: bytes
    head: bytes
    fields: Sequence[StoredField] = ()


class StoredHead(NamedTuple):
    """The row of event_head."""

    log: str
    synthetic: bool
    seq: int
    head: bytes
    last_ts_ms: int


class Broken(Exception):
    """The event ``seq`` is not as it was sealed, for the reason ``why``."""

    def __init__(self, seq: int, why: str) -> None:
        super().__init__(f"event {seq}: {why}")
        self.seq = seq
        self.why = why


@dataclass
class Chain:
    """Where the pass stands. ``erased`` holds only erasures whose event is still to come."""

    seq: int = 0
    head: bytes = GENESIS
    ts: int = 0
    log: str = ""
    synthetic: bool = False
    erased: dict[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """``bad_seq`` is None for a whole chain; else ``reason`` says what is wrong with that event."""

    count: int
    head: bytes
    bad_seq: int | None = None
    reason: str = ""

    def __str__(self) -> str:
        if self.bad_seq is None:
            return f"{self.count} events verified, head {self.count}:{self.head.hex()}"
        return f"event {self.bad_seq}: {self.reason}"


def verify_chain(
    events: Iterable[StoredEvent], head: StoredHead | None, known: dict[int, bytes] | None = None
) -> Verdict:
    """Check every event in order, then the stored head.

    ``known``: heads noted earlier, by seq (a checkpoint kept elsewhere): without one, somebody who may
    write every table could make a new chain from the first event on, whole in itself.
    """
    chain = Chain()
    try:
        for event in events:
            check_event(chain, event)
            if known and known.get(event.seq, event.head) != event.head:
                raise Broken(event.seq, "its head is not the one noted earlier")
        _check_end(chain, head, known or {})
    except Broken as broken:
        return Verdict(chain.seq, chain.head, broken.seq, broken.why)
    return Verdict(chain.seq, chain.head)


def check_event(chain: Chain, event: StoredEvent) -> None:
    """Check one event against its predecessor and move on to it. Raises Broken."""
    seq = chain.seq + 1
    if event.seq != seq:
        raise Broken(seq, f"it is missing, event {event.seq} follows")
    try:
        header = json.loads(event.header)
        problem = _links(chain, event) or _header(chain, event, header)
        problem = problem or _fields(chain, event, header) or _erasures(chain, event, header)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        problem = f"its header cannot be read ({type(error).__name__})"
    if problem:
        raise Broken(seq, problem)
    chain.seq, chain.head, chain.ts = seq, event.head, header["ts"]


def _links(chain: Chain, event: StoredEvent) -> str:
    if event.prev != chain.head:
        return "prev is not the head of the event before"
    if leaf_hash(event.header) != event.leaf:
        return "its header does not match its leaf"
    if head_hash(event.prev, event.leaf) != event.head:
        return "its head does not follow from prev and leaf"
    return ""


def _header(chain: Chain, event: StoredEvent, header: dict[str, Any]) -> str:
    if header["v"] != VERSION:
        return f"version {header['v']} is unknown"
    stored = (event.seq, event.prev.hex(), event.event_id, event.kind, event.subject)
    named = ("seq", "prev", "id", "kind", "subject")
    for name, value in zip(named, stored, strict=True):
        if header[name] != value:
            return f"{name} differs between its row and its header"
    if type(header["ts"]) is not int or header["ts"] <= chain.ts:
        return "it is dated before the event that it follows"
    if event.seq == 1:
        if event.kind != CREATED or header.get("synthetic") not in {"true", "false"}:
            return "a log starts with log:created, which says whether it is synthetic"
        chain.log, chain.synthetic = header["log"], header["synthetic"] == "true"
    elif header["log"] != chain.log or "synthetic" in header:
        return "it belongs to another log"
    if "at" in header and not chain.synthetic:
        return "its time was given, in a log that is not synthetic"
    return ""


def _fields(chain: Chain, event: StoredEvent, header: dict[str, Any]) -> str:
    commitments: dict[str, str] = dict(header.get("fields", {}))
    for number, commitment in enumerate(header.get("files", ()), start=1):
        commitments[f"file.{number}"] = commitment
    levels = header.get("levels", {})
    for row in event.fields:
        expected = commitments.pop(row.name, None)
        if expected is None:
            return f"field {row.name} was added"
        if row.level != levels.get(row.name, "public"):
            return f"the level of field {row.name} was changed"
        if row.erased:
            if row.value is not None or row.salt is not None:
                return f"field {row.name} is erased in part"
            chain.erased[event.seq, row.name] = event.seq
        elif row.value is None or row.salt is None:
            return f"field {row.name} was emptied without an erasure"
        elif _commitment(row.name, row.salt, row.value) != expected:
            return f"the value of field {row.name} was changed"
    if commitments:
        return f"field {min(commitments)} was removed"
    return ""


def _commitment(name: str, salt: bytes, value: str) -> str:
    if name.startswith("file."):
        return commit_file(salt, value)
    return commit_field(salt, name, value)


def _erasures(chain: Chain, event: StoredEvent, header: dict[str, Any]) -> str:
    if "erases" in header and event.kind != ERASED:
        return "only log:erased erases"
    for seq, names in header.get("erases", ()):
        for name in names:
            if chain.erased.pop((seq, name), None) is None:
                raise Broken(seq, f"field {name} was to be erased (event {event.seq}) and is not")
    return ""


def _check_end(chain: Chain, head: StoredHead | None, known: dict[int, bytes]) -> None:
    if chain.erased:
        seq, name = min(chain.erased)
        raise Broken(seq, f"field {name} was erased, and no event says so")
    if head is None:
        if chain.seq:
            raise Broken(chain.seq, "there is no head that ends with it")
        return
    if head.seq > chain.seq:
        raise Broken(chain.seq + 1, f"it is missing, the head says {head.seq} events")
    if head.seq < chain.seq:
        raise Broken(head.seq + 1, "it stands after the head")
    if chain.seq and (head.head, head.last_ts_ms) != (chain.head, chain.ts):
        raise Broken(chain.seq, "the stored head does not end with it")
    if chain.seq and (head.log, bool(head.synthetic)) != (chain.log, chain.synthetic):
        raise Broken(1, "the head names another log")
    beyond = [seq for seq in known if seq > chain.seq]
    if beyond:
        raise Broken(chain.seq + 1, f"it is missing, {max(beyond)} events were noted earlier")


def is_canonical(header: bytes) -> bool:
    """Are these bytes the canonical form of what they say? Verification relies on the bytes alone."""
    return canonical(json.loads(header)) == header
