"""Whoever must say why says it in words: a dot or a picture stops no clock and ends no file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from feedback.core import clock
from feedback.core.errors import Refused
from feedback.petitions.actions import answering, ending, intake, waiting
from feedback.petitions.forms.guidances import GuidanceForm
from feedback.petitions.models import Petition
from feedback.plans.models import Plan
from tests import make
from tests.people import person

SIGNS = "… ‼ 👍 ."


def extend(file: Petition) -> None:
    day = file.due_on + timedelta(days=1)
    waiting.ask_extension(file, to_on=day, reason=SIGNS, on=clock.today(), by=person("binh"))


def turn_down(file: Petition) -> None:
    day, binh = file.due_on + timedelta(days=1), person("binh")
    asked = waiting.ask_extension(file, to_on=day, reason="Chờ sở khác.", on=clock.today(), by=binh)
    waiting.turn_down_extension(file, asked, note=SIGNS, by=person("giang"))


def refuse(file: Petition) -> None:
    ending.propose_decline(file, reason_code="not_clear", words=SIGNS, by=person("thu"))


SAID: dict[str, tuple[str, Callable[[Petition], object]]] = {
    "question": (
        "in_progress",
        lambda f: waiting.ask_resident(f, question=SIGNS, on=clock.today(), by=person("binh")),
    ),
    "transfer": (
        "received",
        lambda f: intake.transfer(
            f, to=make.commune("so-y-te"), reason=SIGNS, on=clock.today(), by=person("giang")
        ),
    ),
    "extension": ("in_progress", extend),
    "turned down": ("in_progress", turn_down),
    "refusal": ("received", refuse),
    "guidance": (
        "received",
        lambda f: ending.guide(f, words=SIGNS, on=clock.today(), by=person("thu")),
    ),
    "return": (
        "awaiting_approval",
        lambda f: answering.send_back(
            f,
            version_id=f.answers[0].versions[0].id,
            note=SIGNS,
            on=clock.today(),
            by=person("giang"),
        ),
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_signs_are_no_words(plan: Plan, name: str) -> None:
    state, verb = SAID[name]
    file = make.petition(state=state, item_id=make.item(plan, "III.2.2.c").id)
    before = file.state, file.due_on, file.leg_number
    with pytest.raises(Refused):
        verb(file)
    assert (file.state, file.due_on, file.leg_number) == before


def test_where_to_turn_is_said_in_words_in_each_of_its_four_parts(plan: Plan) -> None:
    from flask import current_app

    with current_app.test_request_context():
        bent = MultiDict({name: SIGNS for name in ("body", "place", "hours", "papers")})
        form = GuidanceForm(formdata=bent, meta={"csrf": False})
        assert not form.validate()
        assert form.errors.keys() == {"body", "place", "hours", "papers"}
