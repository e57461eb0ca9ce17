"""Numbers by body and month, and the files behind each of them.

``figures`` is the only place that reads the roll-ups; everything above it adds. The lists read the files
themselves, by the same conditions.
"""

from feedback.monitoring.queries.asked import LEVELS, RATIO_PARTS, Asked
from feedback.monitoring.queries.asking import asked_in, sort_in, whose_in
from feedback.monitoring.queries.behind import Behind, Whose, every_file, files_behind
from feedback.monitoring.queries.figures import Figures, counts_of, figures, usual_term
from feedback.monitoring.queries.held import HeldFigures, held_figures

__all__ = [
    "LEVELS",
    "RATIO_PARTS",
    "Asked",
    "Behind",
    "Figures",
    "HeldFigures",
    "Whose",
    "asked_in",
    "counts_of",
    "every_file",
    "figures",
    "files_behind",
    "held_figures",
    "sort_in",
    "usual_term",
    "whose_in",
]
