"""What may happen to supports, as the record names it. One support is no event: many are, in a batch."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("support:batched", announced=False, title="New supports sealed together"),
    Tag(
        "support:erased",
        announced=False,
        title="A person taken out of the supports, the number kept",
    ),
    Tag("term:thresholds_set", announced=False, title="Thresholds of supports set"),
    Tag("petition:supports_reached", announced=True, title="A threshold of supports reached"),
    Tag("petition:supports_judged", announced=False, title="Doubtful supports judged"),
)
