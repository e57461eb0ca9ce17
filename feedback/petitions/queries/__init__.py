"""Questions whose answers fill a page or a job. Nothing here changes anything."""

from feedback.petitions.queries.clock import newly_late, settled, waits_that_end
from feedback.petitions.queries.desk import (
    agency_of,
    dispatch_queue,
    due_strip,
    file_for,
    officers_of,
    queue,
    queue_counts,
    transfer_targets,
)
from feedback.petitions.queries.files import (
    by_code,
    by_submission_key,
    dispute_of,
    of_email,
    open_extension,
    open_request,
    outcome_of,
    own_of_email,
    pauses,
    public_petition,
    public_petitions_of_item,
    rating_of,
    recent_public,
)
from feedback.petitions.queries.routing import focal_agency, route_for, term_on

__all__ = [
    "agency_of",
    "by_code",
    "by_submission_key",
    "dispatch_queue",
    "dispute_of",
    "due_strip",
    "file_for",
    "focal_agency",
    "newly_late",
    "of_email",
    "officers_of",
    "open_extension",
    "open_request",
    "outcome_of",
    "own_of_email",
    "pauses",
    "public_petition",
    "public_petitions_of_item",
    "queue",
    "queue_counts",
    "rating_of",
    "recent_public",
    "route_for",
    "settled",
    "term_on",
    "transfer_targets",
    "waits_that_end",
]
