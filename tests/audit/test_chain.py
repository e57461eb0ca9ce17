"""The chain's rules on plain values: whatever is done to it afterwards is found and named."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.audit.rules import chain, checking
from feedback.audit.rules.checking import StoredEvent, StoredField, StoredHead, verify_chain

LOG = "0123456789abcdef"
SALT = bytes(range(32))


def build(count: int = 12, *, synthetic: bool = False) -> tuple[list[StoredEvent], StoredHead]:
    """A log of ``count`` events; event n says state n, and a private note."""
    events: list[StoredEvent] = []
    prev, ts = chain.GENESIS, 0
    for seq in range(1, count + 1):
        fields = [StoredField("state", SALT, f"bước {seq}", "public", False)]
        fields.append(StoredField("note", SALT, f"riêng {seq}", "party", False))
        event_id = f"{seq:016d}"
        if seq == 1:
            word = "true" if synthetic else "false"
            entry = chain.Entry(event_id, chain.CREATED, f"log:{LOG}", synthetic=word)
            fields = []
        else:
            sums = {f.name: chain.commit_field(SALT, f.name, f.value or "") for f in fields}
            entry = chain.Entry(
                event_id, "petition:moved", "petition:a", fields=sums, levels={"note": "party"}
            )
        ts = chain.next_ts(1_000_000, ts)
        made = chain.link(entry, log=LOG, seq=seq, prev=prev, ts=ts)
        events.append(
            StoredEvent(
                seq,
                event_id,
                entry.subject,
                entry.kind,
                made.header,
                made.leaf,
                prev,
                made.head,
                fields,
            )
        )
        prev = made.head
    return events, StoredHead(LOG, synthetic, count, prev, ts)


def reseal(events: list[StoredEvent], start: int) -> list[StoredEvent]:
    """What somebody does who may write every table: link everything again from ``start`` on."""
    done = events[: start - 1]
    prev = done[-1].head if done else chain.GENESIS
    for event in events[start - 1 :]:
        header = json.loads(event.header) | {"prev": prev.hex(), "seq": len(done) + 1}
        raw = chain.canonical(header)
        leaf = chain.leaf_hash(raw)
        head = chain.head_hash(prev, leaf)
        done.append(event._replace(seq=len(done) + 1, header=raw, leaf=leaf, prev=prev, head=head))
        prev = head
    return done


def test_a_whole_chain_is_verified() -> None:
    events, head = build()
    verdict = verify_chain(events, head)
    assert (verdict.count, verdict.bad_seq) == (12, None)
    assert str(verdict) == f"12 events verified, head 12:{head.head.hex()}"


def test_headers_are_canonical_and_hashes_follow_rfc_6962() -> None:
    events, _head = build(3)
    assert all(checking.is_canonical(event.header) for event in events)
    leaf = chain.leaf_hash(b"")
    # RFC 6962 test vector: the leaf hash of the empty entry
    assert leaf.hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_an_empty_database_holds_nothing_to_doubt() -> None:
    assert verify_chain([], None).bad_seq is None


def _flip(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@given(
    seq=st.integers(1, 12),
    column=st.sampled_from(["header", "leaf", "prev", "head"]),
    at=st.integers(0, 400),
)
def test_any_changed_bit_is_found_at_its_event(seq: int, column: str, at: int) -> None:
    events, head = build()
    event = events[seq - 1]
    events[seq - 1] = event._replace(**{column: _flip(getattr(event, column), at)})
    assert verify_chain(events, head).bad_seq == seq


def _field(event: StoredEvent, name: str, **changes: object) -> StoredEvent:
    fields = [f._replace(**changes) if f.name == name else f for f in event.fields]
    return event._replace(fields=fields)


EVENT_CHANGES: dict[str, Callable[[StoredEvent], StoredEvent]] = {
    "value": lambda e: _field(e, "note", value="khác"),
    "salt": lambda e: _field(e, "note", salt=bytes(32)),
    "level": lambda e: _field(e, "note", level="public"),
    "level up": lambda e: _field(e, "state", level="sealed"),
    "emptied": lambda e: _field(e, "note", value=None, salt=None),
    "half erased": lambda e: _field(e, "note", value=None, erased=True),
    "erased without event": lambda e: _field(e, "note", value=None, salt=None, erased=True),
    "removed field": lambda e: e._replace(fields=e.fields[:1]),
    "added field": lambda e: e._replace(
        fields=[*e.fields, StoredField("x", SALT, "y", "public", False)]
    ),
    "subject": lambda e: e._replace(subject="petition:b"),
    "kind": lambda e: e._replace(kind="petition:closed"),
    "event_id": lambda e: e._replace(event_id="f" * 16),
    "no json": lambda e: e._replace(header=b"{"),
}


@pytest.mark.parametrize("change", EVENT_CHANGES)
def test_each_change_of_a_row_is_found_at_its_event(change: str) -> None:
    events, head = build()
    events[6] = EVENT_CHANGES[change](events[6])
    verdict = verify_chain(events, head)
    assert verdict.bad_seq == 7
    assert str(verdict).startswith("event 7: ")


def test_a_deleted_event_leaves_a_gap_that_is_named() -> None:
    events, head = build()
    assert verify_chain(events[:4] + events[5:], head).bad_seq == 5


def test_a_deleted_tail_disagrees_with_the_head() -> None:
    events, head = build()
    assert verify_chain(events[:9], head).bad_seq == 10
    assert verify_chain([], head).bad_seq == 1


def test_events_after_the_head_are_found() -> None:
    events, head = build()
    rolled_back = head._replace(seq=9, head=events[8].head, last_ts_ms=1_000_008)
    assert verify_chain(events, rolled_back).bad_seq == 10
    assert verify_chain(events, None).bad_seq == 12


@pytest.mark.parametrize(
    "changes", [{"head": bytes(32)}, {"last_ts_ms": 5}, {"log": "x"}, {"synthetic": True}]
)
def test_a_changed_head_row_is_found(changes: dict[str, object]) -> None:
    events, head = build()
    assert verify_chain(events, head._replace(**changes)).bad_seq in {1, 12}


def test_swapped_events_are_found() -> None:
    events, head = build()
    events[4], events[5] = events[5]._replace(seq=5), events[4]._replace(seq=6)
    assert verify_chain(events, head).bad_seq == 5


def _redated(events: list[StoredEvent], seq: int, ts: int) -> list[StoredEvent]:
    event = events[seq - 1]
    header = chain.canonical(json.loads(event.header) | {"ts": ts})
    return reseal([*events[: seq - 1], event._replace(header=header), *events[seq:]], seq)


def test_a_back_dated_event_is_found_even_when_all_is_linked_again() -> None:
    events, head = build()
    events = _redated(events, 8, 999_000)
    head = head._replace(head=events[-1].head)
    verdict = verify_chain(events, head)
    assert (verdict.bad_seq, "dated before" in verdict.reason) == (8, True)


def test_a_rewritten_log_is_whole_in_itself_but_not_to_someone_who_noted_a_head() -> None:
    events, head = build()
    noted = {6: events[5].head, 12: head.head}
    event = events[3]
    sums = {"state": chain.commit_field(SALT, "state", "khác")}
    header = json.loads(event.header)
    header["fields"] |= sums
    changed = _field(event, "state", value="khác")._replace(header=chain.canonical(header))
    rewritten = reseal([*events[:3], changed, *events[4:]], 4)
    head = head._replace(head=rewritten[-1].head)
    assert verify_chain(rewritten, head).bad_seq is None  # this is why checkpoints leave the house
    assert verify_chain(rewritten, head, noted).bad_seq == 6


def test_a_log_cut_off_with_its_head_is_found_by_a_noted_head() -> None:
    events, head = build()
    short, short_head = build(9)
    assert verify_chain(short, short_head).bad_seq is None
    assert verify_chain(short, short_head, {12: head.head}).bad_seq == 10
    assert verify_chain(events, head, {12: head.head}).bad_seq is None


def test_given_times_belong_to_synthetic_logs_only() -> None:
    for synthetic in (True, False):
        events, head = build(4, synthetic=synthetic)
        header = chain.canonical(json.loads(events[2].header) | {"at": 5})
        events = reseal([*events[:2], events[2]._replace(header=header), events[3]], 3)
        head = head._replace(head=events[-1].head)
        assert verify_chain(events, head).bad_seq == (None if synthetic else 3)


def test_a_log_says_first_whether_it_is_synthetic() -> None:
    events, head = build(4)
    header = json.loads(events[0].header)
    del header["synthetic"]
    events = reseal([events[0]._replace(header=chain.canonical(header)), *events[1:]], 1)
    assert verify_chain(events, head._replace(head=events[-1].head)).bad_seq == 1


@given(st.integers(), st.integers())
def test_time_never_runs_backwards(now: int, last: int) -> None:
    assert chain.next_ts(now, last) > last
