"""What may happen to a plan, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("plan:published", announced=False, title="Plan published"),
    Tag("plan:amended", announced=True, title="Newer version of a plan published"),
    Tag("plan:taken_back", announced=False, title="Publication of a plan taken back"),
    Tag("plan:described", announced=False, title="Everyday words written for an item"),
    Tag("plan:lead_decided", announced=False, title="Responsible body of today decided"),
    Tag("plan:progress_reported", announced=True, title="Progress of an item reported"),
    Tag("plan:target_set", announced=False, title="Target or objective of an item set"),
    Tag("plan:target_corrected", announced=False, title="Target of an item corrected"),
    Tag("plan:target_withdrawn", announced=False, title="Target of an item taken back"),
    Tag("plan:milestone_set", announced=False, title="Milestone of an item planned"),
    Tag("plan:milestone_moved", announced=False, title="Milestone moved to another day"),
    Tag("plan:weighed", announced=False, title="Weights of the items of a group set"),
    Tag("plan:rhythm_set", announced=False, title="How often agencies report was set"),
)
