"""The map that an operator may supply: one file of tiles (PMTiles 3), read by the browser in parts. No file, no map."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from feedback.core.config import BadSettings, Settings

HEADER_BYTES = 127
MARK = b"PMTiles\x03"
VECTOR = 1
KINDS = {VECTOR: "vector", 2: "raster", 3: "raster", 4: "raster", 5: "raster"}
DEGREE = 10_000_000  # the header counts in whole parts of a degree


@dataclass(frozen=True)
class Bounds:
    """West, south, east, north, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class MapFile:
    path: Path
    kind: str  # raster | vector
    bounds: Bounds
    zooms: tuple[int, int]
    version: str  # changes with the file, so that its address may be kept for good
    credit: str


def init(app: Flask, settings: Settings) -> None:
    """Read the file's header once, at start. Raises BadSettings where it is not such a file."""
    found = None
    if settings.map_file:
        try:
            found = read(settings.map_file, settings.map_credit)
        except (OSError, ValueError) as error:
            raise BadSettings(f"FEEDBACK_MAP_FILE cannot be used: {error}") from error
    app.extensions["feedback.map"] = found


def offered() -> MapFile | None:
    """The operator's map, if there is one."""
    found: MapFile | None = current_app.extensions["feedback.map"]
    return found


def read(path: Path, credit: str) -> MapFile:
    """What the header says. Raises ValueError (no PMTiles 3, or unknown tiles), OSError."""
    with path.open("rb") as opened:
        head = opened.read(HEADER_BYTES)
    if len(head) < HEADER_BYTES or not head.startswith(MARK):
        raise ValueError(f"{path} is not a PMTiles file of version 3")
    kind, lowest, highest, *sides = struct.unpack_from("<3B4i", head, 99)
    if kind not in KINDS:
        raise ValueError(f"{path} holds tiles of an unknown kind")
    about = path.stat()
    west, south, east, north = (side / DEGREE for side in sides)
    version = f"{about.st_mtime_ns:x}{about.st_size:x}"
    return MapFile(path, KINDS[kind], Bounds(west, south, east, north), (lowest, highest), version, credit)  # fmt: skip
