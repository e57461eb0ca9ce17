"""What may happen to a comment, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("comment:written", announced=True, title="Comment written"),
    Tag("comment:shown", announced=False, title="Comment shown to the public"),
    Tag("comment:hidden", announced=False, title="Comment kept from the public"),
)
