"""Pictures that stand for evidence in the sample: drawn, and labelled so on the picture itself."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from feedback.files.cleaning import Cleaned, Thumb

FONT = Path(__file__).parents[1] / "reports" / "fonts" / "notosans-700.ttf"
SIZE = 1200, 900
SMALL = 320, 240
LABEL = "Hình vẽ, dữ liệu mẫu"
SKIES = ("#cfe3ee", "#f3e3c4", "#dfe7d2", "#e6dcec")
WALLS = ("#f6f1e7", "#e9d8c3", "#dbe2e4")


def draw(title: str) -> Cleaned:
    """A house, people in front of it and a board with the title; the same title gives the same picture."""
    chance = Random(title)  # noqa: S311 - the same sample whenever it is loaded
    picture = Image.new("RGB", SIZE, chance.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 620, 1200, 900), fill="#9aae7c")
    pen.rectangle((140, 240, 760, 660), fill=chance.choice(WALLS))
    pen.polygon(((100, 250), (450, 90), (800, 250)), fill="#a4161a")
    for left in (200, 360, 520):
        pen.rectangle((left, 320, left + 100, 430), fill="#8fa9b5")
    pen.rectangle((380, 480, 520, 660), fill="#6b4f3a")
    for _person in range(chance.randint(4, 7)):
        left, foot = chance.randint(120, 1080), chance.randint(700, 850)
        shirt = chance.choice(("#2f4f6f", "#7a3b2e", "#3c6e47", "#c28f2c"))
        pen.rounded_rectangle((left, foot - 130, left + 60, foot), 24, fill=shirt)
        pen.ellipse((left + 8, foot - 180, left + 52, foot - 136), fill="#e0b48c")
    pen.rectangle((820, 300, 1160, 560), fill="#ffffff", outline="#3a332d", width=6)
    _write(pen, title, (840, 320), 300, 34)
    pen.rectangle((0, 0, 470, 64), fill="#3a332d")
    _write(pen, LABEL, (18, 12), 460, 30, "#ffffff")
    small = picture.resize(SMALL)
    thumb = Thumb(_jpeg(small), *SMALL)
    return Cleaned(_jpeg(picture), "image/jpeg", ".jpg", *SIZE, thumb=thumb)


def _write(
    pen: ImageDraw.ImageDraw,
    words: str,
    at: tuple[int, int],
    width: int,
    size: int,
    ink: str = "#1d1a17",
) -> None:
    """Words in lines that fit the width."""
    font, lines = ImageFont.truetype(str(FONT), size), [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    pen.multiline_text(at, "\n".join(lines), font=font, fill=ink, spacing=8)


def _jpeg(picture: Image.Image) -> bytes:
    made = BytesIO()
    picture.save(made, "JPEG", quality=78, optimize=True)
    return made.getvalue()
