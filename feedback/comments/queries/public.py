"""What everybody reads: an item's comments in three orders, and one thread. Every list is cut by key.

Words of a comment that is hidden, withdrawn or erased never leave this file: a mark stands for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from feedback.agencies.models import Agency
from feedback.comments.models import VISIBLE, Comment
from feedback.core.db import connection, db
from feedback.core.paging import Listing, Page
from feedback.plans.models import PlanItem

SORTS = ("new", "old", "helpful")
FIRST_REPLIES = 3  # of each thread, on the item's page


class CommentLine(NamedTuple):
    """One comment as everybody reads it; ``text`` and ``author_name`` are empty unless it is visible."""

    id: int
    public_id: str
    created_at: datetime
    author_name: str
    text: str
    state: str
    hidden_reason: str
    helpful: int
    replies: int
    official_id: int
    thread_id: int
    branch_id: int
    agency_name: str | None

    @property
    def level(self) -> int:
        """0: the first of its thread; 1: a reply; 2: a reply to a reply."""
        return 0 if not self.thread_id else 1 if self.branch_id == self.id else 2


class Thread(NamedTuple):
    """A comment with the replies that stand on the same page, and how many more there are."""

    first: CommentLine
    replies: Sequence[CommentLine]

    @property
    def more(self) -> int:
        return self.first.replies - len(self.replies)


# words only of what is visible
_SEEN = Comment.state == VISIBLE
_COLUMNS = (
    Comment.id,
    Comment.public_id,
    Comment.created_at,
    sa.case((_SEEN, Comment.author_name), else_="").label("author_name"),
    sa.case((_SEEN, Comment.text), else_="").label("text"),
    Comment.state,
    Comment.hidden_reason,
    Comment.helpful,
    Comment.replies,
    Comment.official_id,
    Comment.thread_id,
    Comment.branch_id,
)
_ON_ITEM = sa.select(*_COLUMNS, sa.null().label("agency_name")).where(
    Comment.item_id == sa.bindparam("item_id"), Comment.thread_id == 0, Comment.listed
)
_BY_TIME = [Comment.created_at, Comment.id]
_LISTINGS = {
    "new": Listing(_ON_ITEM, _BY_TIME, CommentLine, descending=True),
    "old": Listing(_ON_ITEM, _BY_TIME, CommentLine),
    "helpful": Listing(_ON_ITEM, [Comment.helpful, Comment.id], CommentLine, descending=True),
}
_REPLIES = (
    sa.select(*_COLUMNS, Agency.name.label("agency_name"))
    .outerjoin(Agency, Agency.id == Comment.agency_id)
    .where(Comment.listed)
)
_ONE = _REPLIES.where(Comment.id == sa.bindparam("id"))
_THREAD = Listing(
    _REPLIES.where(Comment.thread_id == sa.bindparam("root")),
    [Comment.branch_id, Comment.id],
    CommentLine,
)


def listed_on_item(item_id: int, *, sort: str = "new", after: str = "") -> Page[CommentLine]:
    """What begins a thread under an item, twenty a page: newest, oldest or most helpful first."""
    return _LISTINGS[sort].page(after=after, item_id=item_id)


def threads(lines: Sequence[CommentLine]) -> list[Thread]:
    """The comments of a page with the first replies of each, and the newest one of an agency.

    One statement for all of them, and none if nobody replied; its cost does not grow with the threads.
    """
    answered = [line for line in lines if line.replies]
    found: dict[int, dict[int, CommentLine]] = {line.id: {} for line in lines}
    if answered:
        values: dict[str, Any] = {f"root_{n}": line.id for n, line in enumerate(answered)}
        values["officials"] = [line.official_id for line in answered]
        rows = connection().execute(_first_replies(len(answered)), values)
        for reply in (CommentLine(*row) for row in rows):
            found[reply.thread_id][reply.id] = reply
    return [
        Thread(line, sorted(found[line.id].values(), key=lambda r: (r.branch_id, r.id)))
        for line in lines
    ]


@cache
def _first_replies(number: int) -> Any:
    """Built once for each number of threads: a bounded look into the index for each of them."""
    firsts = (
        _REPLIES.where(Comment.thread_id == sa.bindparam(f"root_{n}"))
        .order_by(Comment.branch_id, Comment.id)
        .limit(FIRST_REPLIES)
        .subquery()
        for n in range(number)
    )
    officials = _REPLIES.where(Comment.id.in_(sa.bindparam("officials", expanding=True)))
    return sa.union_all(*(sa.select(first) for first in firsts), officials)


def thread(root_id: int, *, after: str = "") -> Page[CommentLine]:
    """The replies of one thread, each followed by what hangs under it, twenty a page."""
    return _THREAD.page(after=after, root=root_id)


def cursor_of(comment: Comment) -> str:
    """From where on the thread must be read so that this reply stands on the page; "" on the first."""
    position = sa.tuple_(Comment.branch_id, Comment.id) < sa.tuple_(
        sa.literal(comment.branch_id), sa.literal(comment.id)
    )
    before = db.session.scalar(
        sa.select(sa.func.count())
        .select_from(Comment)
        .where(Comment.thread_id == comment.thread_id, Comment.listed, position)
    )
    return "" if (before or 0) < _THREAD.size else _THREAD.cursor(comment.branch_id, comment.id - 1)


def line(comment: Comment) -> CommentLine:
    """A comment as everybody reads it."""
    row = db.session.connection().execute(_ONE, {"id": comment.id}).one()
    return CommentLine(*row)


def first_of(comment: Comment) -> str:
    """The public id of the comment that began the thread."""
    return db.session.scalars(
        sa.select(Comment.public_id).where(Comment.id == comment.root_id)
    ).one()


def public_comment(public_id: str) -> Comment | None:
    """One that the public has read or reads, under a published plan; it may be a mark by now."""
    return db.session.scalar(
        sa.select(Comment)
        .where(Comment.public_id == public_id, Comment.listed)
        .options(joinedload(Comment.item).joinedload(PlanItem.plan), joinedload(Comment.agency))
    )
