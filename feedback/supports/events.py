"""What may happen to supports, as the record names it. One support is no event: many are, in a batch."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("petition:supports_judged", announced=False, title="Doubtful supports judged"),
)
