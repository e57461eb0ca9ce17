"""Who is told what about comments: rows of the outbox, written with the change that caused them."""

from __future__ import annotations

from feedback.comments import queries
from feedback.comments.models import Comment
from feedback.notifications.actions import enqueue


def tell_moderators_waiting(comment: Comment) -> None:
    """One notice in each moderator's inbox when the empty queue gets its first comment."""
    for person in queries.moderators():
        enqueue(
            "inbox",
            to=person,
            template="comments/staff_waiting",
            params={"item": comment.item.number, "link": "/officer/comments"},
            dedupe_key=f"{comment.public_id}:inbox:waiting:{person.public_id}",
        )
