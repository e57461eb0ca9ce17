"""The verbs of supports. None commits; none sees a request."""

from feedback.supports.actions.counting import recount
from feedback.supports.actions.joining import join
from feedback.supports.actions.judging import judge
from feedback.supports.actions.supporting import Whence, forget_places, support, take_back

__all__ = ["Whence", "forget_places", "join", "judge", "recount", "support", "take_back"]
