"""What may happen to a comment, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("comment:written", announced=True, title="Comment written"),
    Tag("comment:replied", announced=True, title="An agency replied to a comment"),
    Tag("comment:shown", announced=False, title="Comment shown to the public"),
    Tag("comment:kept", announced=False, title="Comment read and left as it is"),
    Tag("comment:hidden", announced=False, title="Comment kept from the public"),
    Tag("comment:undone", announced=False, title="A moderator's decision undone"),
    Tag("comment:reported", announced=True, title="Comment reported"),
    Tag("comment:marked", announced=False, title="Comment found helpful"),
    Tag("comment:unmarked", announced=False, title="A helpful mark taken back"),
    Tag("comment:withdrawn", announced=False, title="Comment withdrawn by its author"),
    Tag("comment:erased", announced=False, title="Comment erased"),
)
