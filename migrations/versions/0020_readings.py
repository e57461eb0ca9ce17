"""Documents read in stand in tables of their own until they are published; items that a newer version of
their plan no longer names. Drafts that stood among the plans become readings; going down forgets drafts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

MOMENT = sa.DateTime(timezone=True)
HEAD = ("number", "issued_on", "issuer", "kind", "title", "signer")


def _column(name: str, kind: Any, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name)


def upgrade() -> None:
    number = sa.Column("plan_number", sa.String(60), nullable=False, server_default="")
    op.add_column("plan_version", number)
    op.add_column("plan_version", _column("issued_on", sa.Date(), nullable=True))
    op.add_column("plan_item", _column("gone_in", sa.Integer(), nullable=True))
    op.create_table(
        "reading",
        _column("id", sa.Integer()),
        _column("plan_id", sa.Integer(), nullable=True),
        _column("state", sa.String(10)),
        _column("name", sa.String(255)),
        _column("sha256", sa.String(64)),
        _column("number", sa.String(60)),
        _column("title", sa.Text()),
        _column("open_places", sa.Integer()),
        _column("lines", sa.JSON()),
        _column("tree", sa.JSON()),
        _column("said", sa.JSON()),
        _column("before", sa.JSON(), nullable=True),
        _column("by_id", sa.Integer(), nullable=True),
        _column("published_at", MOMENT, nullable=True),
        _column("lock", sa.Integer()),
        _column("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        _key("reading", "plan_id", "plan"),
        _key("reading", "by_id", "person"),
    )
    op.create_index("ix_reading_plan_id", "reading", ["plan_id"])
    op.create_index("ix_reading_state", "reading", ["state"])
    op.create_table(
        "reading_step",
        _column("id", sa.Integer()),
        _column("reading_id", sa.Integer()),
        _column("what", sa.String(12)),
        _column("key", sa.String(12)),
        _column("back", sa.JSON()),
        _column("by_id", sa.Integer(), nullable=True),
        _column("created_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_step")),
        _key("reading_step", "reading_id", "reading"),
        _key("reading_step", "by_id", "person"),
    )
    op.create_index("ix_reading_step_reading_id", "reading_step", ["reading_id"])
    _drafts_become_readings()


def downgrade() -> None:
    op.drop_table("reading_step")
    op.drop_table("reading")
    op.drop_column("plan_item", "gone_in")
    op.drop_column("plan_version", "issued_on")
    op.drop_column("plan_version", "plan_number")


def _drafts_become_readings() -> None:
    tables = sa.MetaData()
    bind = op.get_bind()
    names = ("plan", "plan_version", "plan_item", "item_text", "assignment", "reading", "agency")
    tables.reflect(bind, only=(*names, "agency_group"))
    plan, version = tables.tables["plan"], tables.tables["plan_version"]
    drafts = sa.select(plan, version.c.source_name, version.c.source_sha256, version.c.created_at)
    joined = drafts.join_from(plan, version, version.c.plan_id == plan.c.id)
    for row in bind.execute(joined.where(plan.c.published_at.is_(None))).mappings().all():
        tree = _tree(bind, tables, row)
        bind.execute(
            tables.tables["reading"].insert(),
            {
                "state": "draft",
                "name": row["source_name"],
                "sha256": row["source_sha256"],
                "number": row["number"],
                "title": row["title"],
                "open_places": 0,
                "lines": [],
                "tree": tree,
                "said": {},
                "lock": 1,
                "created_at": row["created_at"],
            },
        )
        _forget(bind, tables, row["id"])


def _tree(bind: sa.Connection, tables: sa.MetaData, row: Any) -> dict[str, Any]:
    """The draft as feedback/importer/rules/tree.py puts one away."""
    item, line = tables.tables["plan_item"], tables.tables["assignment"]
    agency, group = tables.tables["agency"], tables.tables["agency_group"]
    rows = bind.execute(item.select().where(item.c.plan_id == row["id"]).order_by(item.c.position))
    named = (
        sa.select(
            line,
            agency.c.code.label("agency_code"),
            agency.c.name.label("agency_name"),
            group.c.code.label("group_code"),
            group.c.name.label("group_name"),
        )
        .select_from(line)
        .outerjoin(agency, agency.c.id == line.c.agency_id)
        .outerjoin(group, group.c.id == line.c.group_id)
        .order_by(line.c.position)
    )
    nodes, highest = [], 0
    for one in rows.mappings().all():
        bodies = bind.execute(named.where(line.c.item_id == one["id"])).mappings().all()
        nodes.append(_node(one, [_line(body) for body in bodies]))
        highest = max([highest, one["id"], *(body["id"] for body in bodies)])
    head = {name: _value(str(row[name] or "")) for name in HEAD}
    return {"head": head, "nodes": nodes, "next": highest + 1}


def _node(item: Any, bodies: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "key": f"n{item['id']}",
        "parent": f"n{item['parent_id']}" if item["parent_id"] else "",
        "label": item["label"],
        "path": item["path"],
        "task": bool(item["is_task"]),
        "text": _value(item["text"]),
        "deadline": _value(item["deadline_text"]),
        "due": item["deadline_on"].isoformat() if item["deadline_on"] else "",
        "bodies": bodies,
        "shared": f"n{item['shared_from_id']}" if item["shared_from_id"] else "",
        "alone": False,
        "title": item["title"],
        "summary": item["summary"],
    }


def _line(line: Any) -> dict[str, Any]:
    group = f"group:{line['group_code']}" if line["group_code"] else ""
    return {
        "key": f"b{line['id']}",
        "role": line["role"],
        "wording": line["wording"],
        "body": line["agency_code"] or group,
        "name": line["agency_name"] or line["group_name"] or "",
        "lines": [],
        "sure": True,
        "why": "",
        "near": [],
    }


def _value(text: str) -> dict[str, Any]:
    return {"text": text, "lines": [], "sure": True, "why": ""}


def _forget(bind: sa.Connection, tables: sa.MetaData, plan_id: int) -> None:
    item, version = tables.tables["plan_item"], tables.tables["plan_version"]
    own = sa.select(item.c.id).where(item.c.plan_id == plan_id)
    for name in ("assignment", "item_text"):
        table = tables.tables[name]
        bind.execute(table.delete().where(table.c.item_id.in_(own)))
    bind.execute(version.delete().where(version.c.plan_id == plan_id))
    free = {"parent_id": None, "shared_from_id": None}
    bind.execute(item.update().where(item.c.plan_id == plan_id).values(free))
    bind.execute(item.delete().where(item.c.plan_id == plan_id))
    bind.execute(tables.tables["plan"].delete().where(tables.tables["plan"].c.id == plan_id))
