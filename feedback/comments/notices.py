"""Who is told what about comments: rows of the outbox, written with the change that caused them."""

from __future__ import annotations

from collections.abc import Iterable

from feedback.accounts.models import Person
from feedback.comments import queries
from feedback.comments.models import Comment
from feedback.notifications.actions import enqueue_all, to_staff

DESK = "/officer/comments"


def tell_moderators_waiting(comment: Comment) -> None:
    """One notice in each moderator's inbox when the empty desk gets its first comment."""
    _tell("waiting", comment, queries.moderators(), link=DESK)


def tell_moderators_reported(comment: Comment) -> None:
    """One notice in each moderator's inbox when nothing else reported waits."""
    _tell("reported", comment, queries.moderators(), link=f"{DESK}?tab=reported")


def tell_heads_replied(reply: Comment, *, by: Person) -> None:
    """The heads of a body read what was said in its name; whoever wrote it knows."""
    assert reply.agency is not None
    heads = [head for head in queries.heads_of(reply.agency) if head.id != by.id]
    _tell("replied", reply, heads, link=f"/comments/{reply.public_id}", who=by.name)


def _tell(what: str, comment: Comment, people: Iterable[Person], *, link: str, **more: str) -> None:
    for person in people:
        enqueue_all(
            to_staff(
                person,
                "comments",
                template=f"comments/staff_{what}",
                params={"item": comment.item.number, "link": link, **more},
                dedupe_key=f"{comment.public_id}:{{channel}}:{what}:{person.public_id}",
            )
        )
