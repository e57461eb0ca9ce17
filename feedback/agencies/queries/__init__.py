"""Which bodies exist, which one a wording means, who is responsible today, and where."""

from feedback.agencies.queries.bodies import (
    Registry,
    Resolved,
    bodies_by_level,
    bodies_on,
    by_code,
    by_id,
    exists,
    focal_agency,
    known,
    levels_of,
    registry,
    resolve,
)
from feedback.agencies.queries.communes import (
    CommuneNow,
    commune_ids_on,
    commune_now,
    communes_of_former_district,
    communes_on,
    former_districts,
    known_commune,
)

__all__ = [
    "CommuneNow",
    "Registry",
    "Resolved",
    "bodies_by_level",
    "bodies_on",
    "by_code",
    "by_id",
    "commune_ids_on",
    "commune_now",
    "communes_of_former_district",
    "communes_on",
    "exists",
    "focal_agency",
    "former_districts",
    "known",
    "known_commune",
    "levels_of",
    "registry",
    "resolve",
]
