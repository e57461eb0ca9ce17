"""What may happen to people, as the record names it. A sign-in is a line in the log, not an event."""

from __future__ import annotations

from feedback.audit.tags import Tag, declare

INVITED = Tag("person:invited", announced=True, title="Invited to work on the site")
JOINED = Tag("person:joined", announced=False, title="Invitation accepted")
SHUT_OUT = Tag("person:shut_out", announced=False, title="Account closed")
MOVED = Tag("person:moved", announced=True, title="Gone to another body by a reorganisation")
NOTICES_CHOSEN = Tag("person:notices_chosen", announced=False, title="Ways of notices chosen")

declare(INVITED, JOINED, SHUT_OUT, MOVED, NOTICES_CHOSEN)
