"""One file's life, from day zero to today or to its end: rows and events as the verbs would have written.

Plain Python: what the database held is in ``World``, what it is to hold goes into ``Batch``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, NamedTuple, Protocol

from feedback.core.ids import spell
from feedback.demo.load.finding import Given, let_find
from feedback.demo.load.texts import Texts
from feedback.demo.load.when import NIGHT_S, ONE, day_of, moment, ms_at
from feedback.demo.load.world import Desk, Item, Someone, Weighted, World
from feedback.petitions.kinds import KINDS
from feedback.petitions.rules.states import OPEN_STATES
from feedback.search.rules.terms import Entry

MINUTE_MS = 60_000
OFFICE_S = (7 * 3600 + 1800, 16 * 3600 + 1800)
AWAKE_S = (6 * 3600 + 1800, 21 * 3600 + 1800)
# where files lie that nobody moves on, and how often
STUCK = ("submitted", "received", "in_progress", "needs_info", "awaiting_approval")
STUCK_SUMS = (12, 24, 74, 82, 100)
FRESH_DAYS, FRESH_STUCK, OLD_STUCK = 150, 0.32, 0.012

# what every file begins with
NEW: dict[str, Any] = {
    "sender_name": "",
    "name_public": False,
    "notices": "needed",  # nobody ticked anything: no consent to invent
    "locale": "vi",
    "state": "submitted",
    "is_open": True,
    "is_public": False,
    "leg_number": 1,
    "lock": 1,
    "screened_by_id": None,
    "screened_at": None,
    "assignee_id": None,
    "late_marked_on": None,
    "answered_on": None,
    "on_time": None,
    "answer_days": None,
    "closed_on": None,
}

Fields = Mapping[str, tuple[str, str]]


class Told(NamedTuple):
    """One event on its way into the record."""

    ms: int
    tag: str
    subject: str
    agency: str
    by: str
    fields: Fields
    due: str
    rule: str


class Batch(Protocol):
    """Takes rows; gives each its key."""

    def add(self, table: str, values: dict[str, Any]) -> int: ...

    def find(self, entry: Entry) -> None: ...


@dataclass(frozen=True)
class Wish:
    """What a life must have: ``item`` names its part of a plan, ``desk`` who has it, ``still_open``
    that it is not over, ``shown`` that the public may read it."""

    item: Item | None = None
    desk: Desk | None = None
    still_open: bool = False
    shown: bool = False


class Later(Exception):
    """The next step is not due yet: the file lies as it is today."""


class Life:
    """Where a file stands while its life is told; steps of ``course`` move it."""

    def __init__(self, world: World, batch: Batch, chance: Random, wish: Wish, ms: int) -> None:
        self.world, self.batch, self.chance, self.wish = world, batch, chance, wish
        self.days = world.days
        self.ms, self.day = ms, day_of(ms)
        self.zero = self.day
        self.told: list[Told] = []
        self.commune: Desk | None = self.pick(world.communes) if chance.random() < 0.85 else None
        if wish.desk is not None and wish.desk.place:
            self.commune = wish.desk
        self.texts = Texts(world.words, chance, self.commune)
        self.item = wish.item or self._item()
        self.desk = self.item.desk
        self.leg: dict[str, Any] = {}
        self.answers: list[Given] = []
        self.waited = 0  # working days that the clock rested
        self.stop_at = self._stop_at()
        self.petition = self._file()
        self.subject = f"petition:{self.petition['public_id']}"
        self._hand_in()

    # --- day zero --------------------------------------------------------------------------------

    def _item(self) -> Item:
        wanted = self.wish.desk
        if wanted is not None:
            led = [i for i in self.world.items.things if i.desk is wanted and not i.dispatch]
            return self.chance.choice(led) if led else self.world.no_item
        return self.pick(self.world.items) if self.chance.random() < 0.6 else self.world.no_item

    def _stop_at(self) -> str:
        """The state that it does not leave; empty when it takes its course."""
        fresh = (self.world.today - self.zero).days < FRESH_DAYS
        odds = FRESH_STUCK if fresh else OLD_STUCK
        if self.wish.still_open or self.chance.random() < odds:
            return self.chance.choices(STUCK, cum_weights=STUCK_SUMS)[0]
        return ""

    def _file(self) -> dict[str, Any]:
        chance, texts = self.chance, self.texts
        term = KINDS[texts.kind].term_code
        due = self.days.first_due(self.zero, term)
        channel = chance.choices(("web", "desk", "phone"), cum_weights=(86, 95, 100))[0]
        return {
            "public_id": spell(chance.getrandbits(80)),
            "created_at": moment(self.ms),
            "code_hash": chance.randbytes(32).hex(),
            "submission_key": chance.randbytes(32).hex(),
            "fingerprint": chance.randbytes(32).hex(),
            "kind": texts.kind,
            "channel": channel,
            "title": texts.title,
            "text": texts.letter(),
            "place": texts.place,
            "item_id": self.item.id,
            "commune_id": self.commune.id if self.commune else None,
            "contact_id": self._contact(),
            "entered_by_id": None if channel == "web" else self.world.counter.id,
            "agency_id": self.desk.id,
            "in_dispatch": self.item.dispatch,
            "route_reason": self.item.reason,
            "submitted_at": moment(self.ms),
            "submitted_on": self.zero,
            "term_code": term,
            "term_rule_id": self.days.rule_id(self.zero, term),
            "first_due_on": due,
            "due_on": due,
            **NEW,
        }

    def _contact(self) -> int | None:
        if self.chance.random() < 0.4:
            return None
        bits = self.chance.getrandbits(80)
        return self.batch.add(
            "contact",
            {
                "public_id": spell(bits),
                "created_at": moment(self.ms),
                "email": f"{bits % 10**12:012d}@dan.example",
                "phone": None,
                "verified_at": None,
                "locale": "vi",
            },
        )

    def _hand_in(self) -> None:
        petition = self.petition
        petition["id"] = self.batch.add("petition", petition)
        self.next_leg(self.desk, "first", "", petition["due_on"], None)
        by = "" if petition["channel"] == "web" else self.world.counter.actor
        fields = {
            "kind": (petition["kind"], "public"),
            "title": (petition["title"], "party"),
            "text": (petition["text"], "party"),
            "place": (petition["place"], "party"),
            "channel": (petition["channel"], "public"),
            "item": (self.item.path, "public"),
            "commune": (self.commune.code if self.commune else "", "public"),
            "route": (petition["route_reason"], "public"),
            "day_zero": (self.zero.isoformat(), "public"),
            "consents": ("", "party"),
        }
        self.tell("petition:submitted", by, fields, clock=True)

    # --- what every step needs -------------------------------------------------------------------

    def pick(self, among: Weighted) -> Any:
        return self.chance.choices(among.things, cum_weights=among.sums)[0]

    def office(self, day: date) -> None:
        """Go on to office hours of a day. Raises Later when that is not yet."""
        self._go(day, OFFICE_S)

    def resident(self, day: date) -> None:
        """Go on to a moment of a day when people are awake."""
        self._go(day, AWAKE_S)

    def night(self, day: date) -> None:
        """Go on to the night in which a day begins, when the clock does its part."""
        self._go(day, (NIGHT_S, NIGHT_S + 50))

    def _go(self, day: date, hours: tuple[int, int]) -> None:
        ms = ms_at(day, self.chance.randint(*hours)) + self.chance.randrange(1000)
        ms = max(ms, self.ms + 7 * MINUTE_MS)
        if ms > self.world.now_ms:
            raise Later
        day = day_of(ms)
        self.nights(day)
        self.ms, self.day = ms, day

    def nights(self, until: date) -> None:
        """The clock marks the file in the first night after its day, once, unless it waits."""
        petition = self.petition
        if petition["late_marked_on"] or not petition["is_open"]:
            return
        if petition["state"] == "needs_info":
            return
        night = max(petition["due_on"], self.day) + ONE
        ms = ms_at(night, NIGHT_S)
        if night <= until and ms <= self.world.now_ms:
            petition["late_marked_on"] = night
            ms = max(ms, self.ms + 1)
            self.tell("petition:late", "", {}, clock=True, ms=ms)

    def tell(
        self, tag: str, by: str, fields: Fields, *, clock: bool = False, ms: int | None = None
    ) -> None:
        petition = self.petition
        due = petition["due_on"].isoformat() if clock else ""
        rule = petition["term_code"] if clock else ""
        at = self.ms if ms is None else ms
        self.told.append(Told(at, tag, self.subject, self.desk.code, by, fields, due, rule))

    def enter(self, state: str) -> None:
        """As ``petitions.actions.move.enter``."""
        petition = self.petition
        petition["state"], petition["lock"] = state, petition["lock"] + 1
        petition["is_open"] = state in OPEN_STATES
        if not petition["is_open"]:
            self.leg["ended_on"] = self.leg["ended_on"] or self.day
            petition["in_dispatch"] = False

    def stay_at(self, state: str) -> None:
        """Raises Later in the state that this file does not leave."""
        if self.stop_at == state:
            raise Later

    def row(self, table: str, **values: Any) -> int:
        values["petition_id"] = self.petition["id"]
        return self.batch.add(table, {"created_at": moment(self.ms), **values})

    def next_leg(self, to: Desk, kind: str, reason: str, due: date, by: Someone | None) -> None:
        number = self.leg["number"] + 1 if self.leg else 1
        if self.leg:
            self.leg["ended_on"] = self.day
        self.desk = to
        self.leg = {
            "created_at": moment(self.ms),
            "petition_id": self.petition["id"],
            "number": number,
            "reason_kind": kind,
            "reason": reason,
            "agency_id": to.id,
            "by_id": by.id if by else None,
            "started_on": self.day,
            "due_on": due,
            "ended_on": None,
        }
        self.batch.add("leg", self.leg)
        self.petition["leg_number"], self.petition["agency_id"] = number, to.id

    def leave(self) -> list[Told]:
        """The life is told: what is public can be found. Returns its events in order of time."""
        petition = self.petition
        self.nights(self.world.today)
        if petition["is_public"]:
            let_find(self)
        return self.told
