"""Tables of public bodies: through time, in documents' wordings, and in acts that are being prepared."""

from feedback.agencies.models.acts import ACT_STATES, ActBody, ActChoice, ActDraft, ActLine
from feedback.agencies.models.bodies import (
    LEVELS,
    Agency,
    AgencyAlias,
    AgencyContact,
    AgencyGroup,
    FormerDistrict,
    GroupAlias,
    GroupTerm,
    Reorganisation,
    Succession,
)
from feedback.agencies.models.wordings import WORDING_STATES, Wording

__all__ = [
    "ACT_STATES",
    "LEVELS",
    "WORDING_STATES",
    "ActBody",
    "ActChoice",
    "ActDraft",
    "ActLine",
    "Agency",
    "AgencyAlias",
    "AgencyContact",
    "AgencyGroup",
    "FormerDistrict",
    "GroupAlias",
    "GroupTerm",
    "Reorganisation",
    "Succession",
    "Wording",
]
