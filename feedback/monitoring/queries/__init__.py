"""Numbers by body and month, and the files behind each of them.

``figures`` is the only place that reads the roll-ups; everything above it adds. The lists read the files
themselves, by the same conditions.
"""

from feedback.monitoring.queries.asked import LEVELS, RATIO_PARTS, Asked
from feedback.monitoring.queries.behind import Behind, Whose, files_behind
from feedback.monitoring.queries.figures import Figures, counts_of, figures, usual_term

__all__ = [
    "LEVELS",
    "RATIO_PARTS",
    "Asked",
    "Behind",
    "Figures",
    "Whose",
    "counts_of",
    "figures",
    "files_behind",
    "usual_term",
]
