"""Everything that came in."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from feedback.monitoring.indicators.shape import Count

RECEIVED = Count(
    code="received",
    title=_l("Files received"),
    definition=_l(
        "Files sent in the period that the agency has now. Files still in the dispatch queue "
        "count for the focal agency; sealed files are in no figure."
    ),
    condition=lambda facts, on: sa.true(),
)
