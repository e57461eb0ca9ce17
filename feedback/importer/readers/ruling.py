"""The ruled lines of a picture: where they stand, and the picture without them.

Lines disturb the reading of letters, and tell the cells of a table. A stretch of STRETCH dots that is dark
all along, with others beside it, is one; letters are shorter or lighter. Pillow does it on whole pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feedback.importer.readers.grid import Segment

STRETCH = 64  # dots at 300 an inch: 5 mm
DARK = 70  # of 255, on an average over the stretch: nearly all of it
THICK = 14  # dots: what is thicker is no line
NEAR = 4  # dots: how far a line may step from one stretch to the next
MAX_PIECES = 6000  # a page with more is a photograph


@dataclass(frozen=True)
class _Piece:
    """A dark stretch: which one it is, and from where to where it is thick."""

    at: int
    top: int
    bottom: int


def without_rules(picture: Any) -> tuple[Any, list[Segment]]:
    """A grey picture without its level and upright lines, and these lines in dots."""
    from PIL import Image, ImageDraw

    width, height = picture.size
    across, down = max(1, width // STRETCH), max(1, height // STRETCH)
    level = _pieces(picture.resize((across, height), Image.Resampling.BOX), least=3)
    turned = picture.resize((width, down), Image.Resampling.BOX).transpose(
        Image.Transpose.TRANSPOSE
    )
    upright = _pieces(turned, least=2)
    if not level or not upright or len(level) + len(upright) > MAX_PIECES:
        return picture, []
    clean = picture.copy()
    pen = ImageDraw.Draw(clean)
    segments: list[Segment] = []
    for piece in level:
        segments.append(_segment(piece, width / across))
        _wipe(pen, segments[-1], piece)
    for piece in upright:
        rule = _segment(piece, height / down)
        segments.append(Segment(rule.y0, rule.x0, rule.y1, rule.x1))
        _wipe(pen, segments[-1], piece)
    return clean, segments


def _segment(piece: _Piece, stretch: float) -> Segment:
    """A little longer than it was seen, so that lines end where they should."""
    middle = (piece.top + piece.bottom) / 2
    return Segment((piece.at - 0.5) * stretch, middle, (piece.at + 1.5) * stretch, middle)


def _wipe(pen: Any, rule: Segment, piece: _Piece) -> None:
    pen.line((rule.x0, rule.y0, rule.x1, rule.y1), fill=255, width=piece.bottom - piece.top + 5)


def _pieces(small: Any, least: int) -> list[_Piece]:
    """The dark stretches that stand in a line of at least so many."""
    width = small.size[0]
    dots = small.tobytes()
    runs: list[list[_Piece]] = []
    going: list[list[_Piece]] = []
    for at in range(width):
        still: list[list[_Piece]] = []
        for piece in _dark(dots[at::width], at):
            run = next((run for run in going if abs(run[-1].top - piece.top) <= NEAR), None)
            if run is None or run[-1].at == at:
                run = []
                runs.append(run)
            run.append(piece)
            still.append(run)
        going = still
    return [piece for run in runs if len(run) >= least for piece in run]


def _dark(column: bytes, at: int) -> list[_Piece]:
    found: list[_Piece] = []
    begun = None
    for y, value in enumerate((*column, 255)):
        if value < DARK and begun is None:
            begun = y
        elif value >= DARK and begun is not None:
            if y - begun <= THICK:
                found.append(_Piece(at, begun, y))
            begun = None
    return found
