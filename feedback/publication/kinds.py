"""Everyday words for the sorts of things and the forms of publishing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

KIND_NAMES = {
    "plan": _l("A plan or programme"),
    "budget": _l("Budget, funds"),
    "contribution": _l("Contributions of the people"),
    "land": _l("Land, planning, compensation"),
    "procedure": _l("Procedures and fees"),
    "answer": _l("An answer or a conclusion"),
    "people": _l("Who receives support"),
    "other": _l("Something else"),
}
FORM_NAMES = {
    "noticeboard": _l("On the noticeboard"),
    "web": _l("On the web"),
    "loudspeaker": _l("By loudspeaker"),
    "meeting": _l("In a meeting of the people"),
    "message": _l("By message or letter to each household"),
}
