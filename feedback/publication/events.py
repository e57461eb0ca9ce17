"""What may happen in the register, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("publication:registered", announced=False, title="Something to be published registered"),
    Tag("publication:posted", announced=False, title="Published in one form"),
    Tag("publication:taken_down", announced=False, title="Taken down"),
)
