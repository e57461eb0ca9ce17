"""What may happen to a document that was read in, before it is a plan."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("reading:made", announced=False, title="Plan document read in"),
    Tag("reading:edited", announced=False, title="Reading corrected before publication"),
    Tag("reading:undone", announced=False, title="Last correction of a reading undone"),
    Tag("reading:paired", announced=False, title="Said which item of the earlier version one is"),
    Tag("reading:discarded", announced=False, title="Reading thrown away"),
)
