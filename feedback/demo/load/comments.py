"""Comments under one item of the plan, as screening left them."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy.engine import Connection

from feedback.core.ids import spell
from feedback.demo.load.lives import AWAKE_S
from feedback.demo.load.rows import Rows
from feedback.demo.load.when import day_of, moment, ms_at
from feedback.demo.load.world import Item, World
from feedback.pages.finding import entries

DAYS = 180
SCREENED_MS = 3 * 3600 * 1000


def write(connection: Connection, world: World, chance: Random, number: int, path: str) -> int:
    """``number`` visible comments of the last months, in one transaction; returns their number."""
    if not number:
        return 0
    item, words = world.item(path), world.words
    days = [world.today - timedelta(days=chance.randint(1, DAYS)) for _n in range(number)]
    with connection.begin():
        rows = Rows(connection)
        for ms in sorted(ms_at(day, chance.randint(*AWAKE_S)) for day in days):
            giver = (
                f"{chance.choice(words['givers'])}, {chance.choice(world.communes.things).place}"
            )
            text = " ".join(chance.sample(words["comments"], chance.randint(1, 3)))
            _write(rows, world, item, chance, ms, giver, text)
        rows.write()
    return number


def _write(
    rows: Rows, world: World, item: Item, chance: Random, ms: int, giver: str, text: str
) -> None:
    """One that a moderator let appear, and that can be found."""
    public_id = spell(chance.getrandbits(80))
    ref = rows.add(
        "comment",
        {
            "public_id": public_id,
            "created_at": moment(ms),
            "item_id": item.id,
            "author_name": giver[:80],
            "text": text,
            "state": "visible",
            "listed": True,
            "waits": 0,
            "hidden_reason": "",
            "screened_by_id": world.dispatcher.id,
            "screened_at": moment(ms + SCREENED_MS),
        },
    )
    found = entries.comment(
        ref=ref,
        public_id=public_id,
        text=text,
        day=day_of(ms),
        heading=item.heading,
        plan_id=item.plan_id or 0,
    )
    rows.find(found)
