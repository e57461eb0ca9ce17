"""Headers, leaves and heads: the bytes that docs/trust.md describes one by one."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feedback.audit.rules.canonical import canonical

VERSION = 1
GENESIS = bytes(32)  # what the first event calls its predecessor
CREATED = "log:created"
ERASED = "log:erased"
LEVELS = ("public", "party", "sealed")  # who may read a field; an absent level is "public"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event says, before it has a place in the chain. Hex digests are lower case."""

    event_id: str
    kind: str
    subject: str
    actor: str = ""
    agency: str = ""
    due: str = ""
    rule: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # name: commitment, hex
    files: Sequence[str] = ()  # commitments, hex
    levels: Mapping[str, str] = field(default_factory=dict)  # name: level, where not public
    erases: Sequence[tuple[int, list[str]]] = ()  # (seq, names of fields)
    given_ms: int | None = None  # a time given by the loader of a synthetic log
    synthetic: str = ""  # "true" | "false", in the first event only


@dataclass(frozen=True, slots=True)
class Link:
    """One event in its place."""

    seq: int
    ts: int  # milliseconds since 1970-01-01 UTC
    header: bytes
    leaf: bytes
    prev: bytes
    head: bytes


def leaf_hash(header: bytes) -> bytes:
    """RFC 6962, section 2.1: SHA-256(0x00 || header)."""
    return hashlib.sha256(b"\x00" + header).digest()


def head_hash(prev: bytes, leaf: bytes) -> bytes:
    """SHA-256(0x02 || prev || leaf); 0x01 is kept for the nodes of the Merkle tree."""
    return hashlib.sha256(b"\x02" + prev + leaf).digest()


def commit_field(salt: bytes, name: str, value: str) -> str:
    """HMAC-SHA256(salt, JCS([name, value])) in hex: says nothing once the salt is gone."""
    return hmac.digest(salt, canonical([name, value]), "sha256").hex()


def commit_file(salt: bytes, sha256_hex: str) -> str:
    """HMAC-SHA256(salt, the 32 bytes of the file's SHA-256) in hex."""
    return hmac.digest(salt, bytes.fromhex(sha256_hex), "sha256").hex()


def next_ts(now_ms: int, last_ms: int) -> int:
    """Time never runs backwards in the record, whatever the clock does."""
    return max(now_ms, last_ms + 1)


def link(entry: Entry, *, log: str, seq: int, prev: bytes, ts: int) -> Link:
    """Give ``entry`` the place ``seq`` after the head ``prev``."""
    header = canonical(_header(entry, log, seq, prev, ts))
    leaf = leaf_hash(header)
    return Link(seq, ts, header, leaf, prev, head_hash(prev, leaf))


def _header(entry: Entry, log: str, seq: int, prev: bytes, ts: int) -> dict[str, object]:
    whole: dict[str, object] = {
        "v": VERSION,
        "log": log,
        "seq": seq,
        "ts": ts,
        "prev": prev.hex(),
        "id": entry.event_id,
        "kind": entry.kind,
        "subject": entry.subject,
    }
    maybe: dict[str, object] = {
        "actor": entry.actor,
        "agency": entry.agency,
        "due": entry.due,
        "rule": entry.rule,
        "fields": dict(entry.fields),
        "files": list(entry.files),
        "levels": dict(entry.levels),
        "erases": [list(pair) for pair in entry.erases],
        "synthetic": entry.synthetic,
    }
    if entry.given_ms is not None and entry.given_ms != ts:
        whole["at"] = entry.given_ms
    return whole | {name: value for name, value in maybe.items() if value}
