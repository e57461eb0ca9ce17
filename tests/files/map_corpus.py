"""A small map of drawn tiles in one file, as an operator would supply it."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from tests.files.corpus import encoded

WEST, SOUTH, EAST, NORTH = 106.0, 11.2, 106.2, 11.4
MIDDLE = (11.3, 106.1)
ZOOMS = range(9, 13)


def _at(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile in which a place lies (Web Mercator)."""
    down = math.asinh(math.tan(math.radians(lat))) / math.pi
    return int((lon + 180) / 360 * 2**zoom), int((1 - down) / 2 * 2**zoom)


def _tile(zoom: int, x: int, y: int) -> bytes:
    tile = Image.new("RGB", (256, 256), "#eef3e8")
    pen = ImageDraw.Draw(tile)
    pen.rectangle((0, 0, 255, 255), outline="#83776e")
    pen.line((0, 128, 255, 100), fill="#e5b04a", width=9)
    pen.text((90, 120), f"{zoom}/{x}/{y}", fill="#211a17")
    return encoded(tile, "PNG")


def write_map(path: Path) -> Path:
    """The file, with some sixty tiles."""
    with write(str(path)) as made:
        for zoom in ZOOMS:
            left, top = _at(NORTH, WEST, zoom)
            right, bottom = _at(SOUTH, EAST, zoom)
            for x in range(left, right + 1):
                for y in range(top, bottom + 1):
                    made.write_tile(zxy_to_tileid(zoom, x, y), _tile(zoom, x, y))
        sides = {
            "min_lon_e7": round(WEST * 1e7),
            "min_lat_e7": round(SOUTH * 1e7),
            "max_lon_e7": round(EAST * 1e7),
            "max_lat_e7": round(NORTH * 1e7),
        }
        centre = {"center_zoom": 11, "center_lon_e7": 1_061_000_000, "center_lat_e7": 113_000_000}
        kind = {"tile_type": TileType.PNG, "tile_compression": Compression.NONE}
        made.finalize({**sides, **centre, **kind}, {})
    return path
