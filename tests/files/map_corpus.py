"""Small maps in one file, of drawn and of vector tiles, as an operator would supply them."""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

from tests.files.corpus import encoded

WEST, SOUTH, EAST, NORTH = 106.0, 11.2, 106.2, 11.4
MIDDLE = (11.3, 106.1)
ZOOMS = range(9, 13)
EXTENT = 4096  # the side of a vector tile, in its own units


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
    """The file of drawn tiles, some sixty of them."""
    return _write(path, _tile, TileType.PNG, Compression.NONE)


def write_vector_map(path: Path) -> Path:
    """The same part of the world in vector tiles, packed as an extract of Protomaps' basemap is: each
    tile is land, with water over its western half."""
    land, water = _polygon("earth", 0, EXTENT), _polygon("water", 0, EXTENT // 2)
    tile = gzip.compress(land + water, mtime=0)
    return _write(path, lambda *_place: tile, TileType.MVT, Compression.GZIP)


def _write(
    path: Path, tile: Callable[[int, int, int], bytes], kind: TileType, packing: Compression
) -> Path:
    with write(str(path)) as made:
        for zoom in ZOOMS:
            left, top = _at(NORTH, WEST, zoom)
            right, bottom = _at(SOUTH, EAST, zoom)
            for x in range(left, right + 1):
                for y in range(top, bottom + 1):
                    made.write_tile(zxy_to_tileid(zoom, x, y), tile(zoom, x, y))
        sides = {
            "min_lon_e7": round(WEST * 1e7),
            "min_lat_e7": round(SOUTH * 1e7),
            "max_lon_e7": round(EAST * 1e7),
            "max_lat_e7": round(NORTH * 1e7),
        }
        centre = {"center_zoom": 11, "center_lon_e7": 1_061_000_000, "center_lat_e7": 113_000_000}
        made.finalize({**sides, **centre, "tile_type": kind, "tile_compression": packing}, {})
    return path


def _polygon(layer: str, left: int, right: int) -> bytes:
    """One layer of a Mapbox Vector Tile (version 2) with one polygon from top to bottom."""
    corners = [
        (left, 0),
        (right - left, 0),
        (0, EXTENT),
        (left - right, 0),
    ]  # each from the one before
    steps = [_zigzag(step) for corner in corners for step in corner]
    move_to, line_to, close = 1 << 3 | 1, 3 << 3 | 2, 1 << 3 | 7
    drawn = b"".join(map(_varint, [move_to, *steps[:2], line_to, *steps[2:], close]))
    feature = _varint(3 << 3) + _varint(3) + _part(4, drawn)  # type: polygon; its geometry
    extent, version = _varint(5 << 3) + _varint(EXTENT), _varint(15 << 3) + _varint(2)
    return _part(3, version + _part(1, layer.encode()) + _part(2, feature) + extent)


def _part(number: int, content: bytes) -> bytes:
    """A field of a protocol buffer that says its own length."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1
