"""What may happen to a petition, as the record names it."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

declare(
    Tag("petition:submitted", announced=True, title="Submitted"),
    Tag("petition:received", announced=True, title="Received"),
    Tag("petition:screened", announced=False, title="Screened for the public"),
    Tag("petition:assigned", announced=True, title="Given to an officer"),
    Tag("petition:transferred", announced=True, title="Passed on to another agency"),
    Tag("petition:asked", announced=True, title="More information asked of the resident"),
    Tag("petition:supplied", announced=True, title="Information supplied"),
    Tag("petition:resumed", announced=True, title="The clock runs on"),
    Tag("petition:part_asked", announced=True, title="Part asked of a coordinating agency"),
    Tag("petition:part_given", announced=True, title="Part given by a coordinating agency"),
    Tag("petition:part_shown", announced=False, title="Part shown to the public"),
    Tag("petition:part_hidden", announced=False, title="Part taken back from the public"),
    Tag("petition:drafted", announced=False, title="A version of the answer saved"),
    Tag("petition:sent_for_approval", announced=True, title="Answer sent for approval"),
    Tag("petition:sent_back", announced=True, title="Answer sent back"),
    Tag("petition:answered", announced=True, title="Answer approved and published"),
    Tag("petition:extension_asked", announced=True, title="More time asked"),
    Tag("petition:extension_turned_down", announced=True, title="More time turned down"),
    Tag("petition:extended", announced=True, title="More time approved"),
    Tag("petition:decline_proposed", announced=True, title="Refusal proposed"),
    Tag("petition:decline_turned_down", announced=True, title="Proposed refusal turned down"),
    Tag("petition:declined", announced=True, title="Declined"),
    Tag("petition:guided", announced=True, title="Guided to another body"),
    Tag("petition:merged", announced=True, title="Merged into another petition"),
    Tag("petition:withdrawn", announced=True, title="Withdrawn"),
    Tag("petition:rated", announced=True, title="Answer rated"),
    Tag("petition:disputed", announced=True, title="Answer disputed"),
    Tag("petition:late", announced=True, title="Marked late by the clock"),
    Tag("petition:closed", announced=True, title="Closed"),
    Tag("petition:consent_given", announced=False, title="Consent given by the sender"),
    Tag("petition:consent_withdrawn", announced=False, title="Consent taken back by the sender"),
    Tag("petition:seal_proposed", announced=False, title="Sealing proposed"),
    Tag("petition:sealed", announced=False, title="Sealed"),
    Tag("term:loaded", announced=False, title="Table of terms loaded"),
)
