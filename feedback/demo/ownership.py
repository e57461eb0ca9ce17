"""What senders of the sample ask about their own data: one request that is fresh, one that had its first reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from feedback.core import clock
from feedback.demo.days import Step
from feedback.demo.people import Staff
from feedback.petitions.actions import owndata
from feedback.petitions.models import Petition
from feedback.petitions.queries.owndata import open_data_request

DELETES, CORRECTS = "p08", "p26"  # both closed long ago
REPLY = "Chúng tôi đã đọc, và đang đối chiếu với hồ sơ gốc."


def steps(petitions: Mapping[str, Petition], staff: Staff, now: datetime) -> list[Step]:
    """``petitions`` fills while the sample is carried through time."""
    asked, replied, wish = (now - timedelta(days=days) for days in (6, 5, 1))
    return [
        Step(asked, partial(_correct, petitions)),
        Step(replied, partial(_reply, petitions, staff)),
        Step(wish, partial(_delete, petitions)),
    ]


def _correct(petitions: Mapping[str, Petition]) -> None:
    words = "Địa điểm ghi nhầm: là ấp Bình Hòa, không phải ấp Bình Lợi."
    owndata.ask_correction(petitions[CORRECTS], words=words, on=clock.today())


def _reply(petitions: Mapping[str, Petition], staff: Staff) -> None:
    asked = open_data_request(petitions[CORRECTS], "correct")
    if asked is not None:
        owndata.confirm_request(asked, words=REPLY, on=clock.today(), by=staff.named("an"))


def _delete(petitions: Mapping[str, Petition]) -> None:
    words = "Tôi không muốn tên mình còn ở đây nữa."
    owndata.ask_deletion(petitions[DELETES], words=words, on=clock.today())
