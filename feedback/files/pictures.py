"""A picture made anew from its points alone: what hid beside them (place, device, text, a second file
behind the first) does not come along. Runs in the child process only."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

MAX_POINTS = 50_000_000
LONGEST = 2048
QUALITY = 82
THUMB_LONGEST = (360, 270, 180)  # half of a phone's width, twice as dense
THUMB_BYTES = 9 * 1024  # five of them fit into the 80 KB that a first visit may cost
THUMB_QUALITIES = (74, 66, 58, 50, 42, 34, 26)
WHITE = (255, 255, 255)
SQUARES = 6  # along the longer side of what is blurred, as on the phone (static/src/js/blur.js)
Area = tuple[float, float, float, float]  # left, top, width, height: shares of the picture's sides
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class TooManyPoints(Exception):
    """Told from the header, before a point is decoded."""


def clean_picture(data: bytes) -> tuple[Image.Image, bytes]:
    """The picture upright, at most 2048 points long, and as JPEG. Raises TooManyPoints, or whatever
    Pillow raises on a damaged file."""
    Image.MAX_IMAGE_PIXELS = (
        None  # the limit below is told without decoding; Pillow only warns at first
    )
    image = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
    if image.width * image.height > MAX_POINTS:
        raise TooManyPoints
    turn = TURNS.get(_orientation(image))
    size = _fitting(image.size, LONGEST)
    image.draft(None, size)  # a JPEG is decoded small at once
    image.load()
    small = _shrunk(image, size)
    upright = small.transpose(turn) if turn else small
    clean = Image.new("RGB", upright.size)  # holds points and nothing else
    clean.paste(upright)
    return clean, _jpeg(clean, QUALITY)


def thumbnail(picture: Image.Image) -> tuple[Image.Image, bytes]:
    """A small copy of few bytes: coarser where there is much to see, then smaller."""
    small, data = picture, b""
    for longest in THUMB_LONGEST:
        small = picture.resize(_fitting(picture.size, longest), Image.Resampling.LANCZOS)
        for quality in THUMB_QUALITIES:
            data = _jpeg(small, quality)
            if len(data) <= THUMB_BYTES:
                return small, data
    return small, data


def coarsened(picture: Image.Image, areas: Sequence[Area]) -> tuple[Image.Image, bytes]:
    """Each area as a few squares of one colour: nothing of it can be told any more."""
    whole = picture.copy()
    for left, top, wide, high in areas:
        x, y = round(left * whole.width), round(top * whole.height)
        right = min(whole.width, max(x + 1, round((left + wide) * whole.width)))
        bottom = min(whole.height, max(y + 1, round((top + high) * whole.height)))
        part = whole.crop((x, y, right, bottom))
        scale = SQUARES / max(part.size)
        few = (max(1, round(part.width * scale)), max(1, round(part.height * scale)))
        coarse = part.resize(few, Image.Resampling.BOX)
        whole.paste(coarse.resize(part.size, Image.Resampling.NEAREST), (x, y))
    return whole, _jpeg(whole, QUALITY)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # a camera's odd notes are no reason to refuse its picture
        return 1


def _fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Plain colours at the wanted size; where it was transparent it becomes white."""
    if image.mode.startswith("I"):  # sixteen bits of grey
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    seen_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if not seen_through:
        plain = image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")
        return plain.resize(size, Image.Resampling.LANCZOS).convert("RGB")
    clear = image if image.mode == "RGBA" else image.convert("RGBA")
    small = clear.resize(size, Image.Resampling.LANCZOS)
    white = Image.new("RGB", size, WHITE)
    white.paste(small, mask=small.getchannel("A"))
    return white


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
