"""Kinds of submission. A kind is one line here; on pages its everyday words come from
templates/components/labels.html, in documents from here."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Kind:
    """``term_code`` names the dated rule of its clock; ``taken`` is False where the site only guides."""

    code: str
    term_code: str
    public: bool
    taken: bool


KINDS: dict[str, Kind] = {
    "concern": Kind("concern", "PAKN_ANSWER", public=True, taken=True),
    "proposal": Kind("proposal", "PAKN_ANSWER", public=True, taken=True),
    "question": Kind("question", "PAKN_ANSWER", public=True, taken=True),
    # a complaint has its own law and its own body; until its private file exists the site guides
    "complaint": Kind("complaint", "KN_ACCEPT", public=False, taken=False),
    # never taken on a public site: the law protects who denounces (Luật Tố cáo Đ.8, 9, 22, 23)
    "denunciation": Kind("denunciation", "", public=False, taken=False),
}
TAKEN = tuple(code for code, kind in KINDS.items() if kind.taken)

KIND_NAMES = {"concern": _l("Report"), "proposal": _l("Proposal"), "question": _l("Question")}
STATE_NAMES = {
    "submitted": _l("Just sent"),
    "received": _l("Received"),
    "in_progress": _l("Being worked on"),
    "needs_info": _l("Waiting for the sender"),
    "awaiting_approval": _l("Answer awaits approval"),
    "answered": _l("Answered"),
    "closed": _l("Closed"),
    "declined": _l("Not accepted"),
    "guided": _l("Guided elsewhere"),
    "merged": _l("Joined to another"),
    "withdrawn": _l("Withdrawn"),
}
