"""Tables of the case work: a petition, its legs, its answers, and each change that has a who and a why."""

from feedback.petitions.models.answer import Answer, AnswerVersion
from feedback.petitions.models.attachment import Attachment, BlurredCopy
from feedback.petitions.models.consent import Consent, DataRequest
from feedback.petitions.models.follower import Follower
from feedback.petitions.models.held import HeldPetition
from feedback.petitions.models.leg import Allocation, Leg, Part
from feedback.petitions.models.outcome import Dispute, Outcome, Rating, Sealing, TurnDown
from feedback.petitions.models.petition import Petition
from feedback.petitions.models.term import Extension, InfoRequest, TermRule

__all__ = [
    "Allocation",
    "Answer",
    "AnswerVersion",
    "Attachment",
    "BlurredCopy",
    "Consent",
    "DataRequest",
    "Dispute",
    "Extension",
    "Follower",
    "HeldPetition",
    "InfoRequest",
    "Leg",
    "Outcome",
    "Part",
    "Petition",
    "Rating",
    "Sealing",
    "TermRule",
    "TurnDown",
]
