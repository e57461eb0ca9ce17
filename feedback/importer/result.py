"""What was read of a document, each value with its place and with how sure the reader is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from dataclasses import field as made
from typing import Any

from feedback.importer.roles import COORDINATING, DEADLINE, IMPLEMENTING, LEAD

FIELDS = ("path", "label", "parent", "text", LEAD, COORDINATING, IMPLEMENTING, DEADLINE)
# Why a value is not quite sure; docs/importing.md says what each means.
REASONS = (
    *(
        "shared line",
        "shared cell",
        "from the heading",
        "in a sentence",
        "rebuilt table",
        "comma weighed",
    ),
    *(
        "words left out",
        "no known kind of body",
        "several dates",
        "year missing",
        "open end",
        "recurring",
    ),
    *("no date", "guessed", "read from a picture", "near match"),
)


@dataclass
class Place:
    """Where a value stands: shown lines, and in a table its row and column (counted from 1)."""

    first: int
    last: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass
class Value:
    """One value: its field, its words, where it stands, how sure (0..1), and why not quite."""

    field: str
    value: str
    source: Place
    sure: float
    reasons: list[str] = made(default_factory=list)


@dataclass
class Task:
    """A task of the plan. ``shared_from`` names the neighbour whose agency lines also serve it.

    ``form`` is how its agencies are given: lines, table, heading or prose.
    """

    path: str
    label: str
    parent: str | None
    text: str
    line: int
    last: int = 0
    lead: list[str] = made(default_factory=list)
    coordinating: list[str] = made(default_factory=list)
    implementing: list[str] = made(default_factory=list)
    deadline: str | None = None
    shared_from: str | None = None
    due_on: str | None = None
    product: str | None = None
    form: str = "lines"
    sure: float = 1.0
    values: list[Value] = made(default_factory=list)

    @property
    def has_agencies(self) -> bool:
        return bool(self.lead or self.coordinating or self.implementing)

    def give(self, value: Value) -> None:
        """Take an agency on, each once in a role."""
        names: list[str] = getattr(self, value.field)
        if value.value not in names:
            names.append(value.value)
            self.values.append(value)


@dataclass
class Group:
    """A section or a heading above tasks."""

    path: str
    label: str
    parent: str | None
    title: str
    line: int


@dataclass
class PlanDocument:
    """``arrangements`` are tasks given in passing ("Tổ chức thực hiện") that are not among the items;
    ``shown`` holds the lines of the document that the places count."""

    number: str | None
    issued_on: str | None
    issuer: str | None
    title: str | None
    kind: str | None
    signer: str | None
    items: list[Task]
    groups: list[Group]
    warnings: list[str]
    arrangements: list[Task] = made(default_factory=list)
    header: list[Value] = made(default_factory=list)
    read_as: str = "text"
    shown: list[dict[str, Any]] = made(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Everything, as the import pages use it."""
        shown, self.shown = self.shown, []
        try:
            return asdict(self) | {"shown": shown}
        finally:
            self.shown = shown

    def as_contract(self) -> dict[str, Any]:
        """The object of ``plans parse``: no groups, no places."""
        names = ("number", "issued_on", "issuer", "title", "kind", "signer")
        return {
            **{name: getattr(self, name) for name in names},
            "items": [
                {name: getattr(item, name) for name in FIELDS}
                | ({"shared_from": item.shared_from} if item.shared_from else {})
                for item in self.items
            ],
            "warnings": self.warnings,
        }
