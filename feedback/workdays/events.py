"""What may happen to the calendar, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(Tag("calendar:loaded", announced=False, title="Calendar loaded"))
