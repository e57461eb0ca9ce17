"""A place that a resident marked on the map by hand."""

from __future__ import annotations

import math

Pin = tuple[float, float]  # latitude and longitude in degrees (WGS 84)
KEPT = 5  # decimals: about a metre
SHOWN = 3  # decimals that everybody may see: about a hundred metres


def read_pin(text: str) -> Pin | None:
    """``11.30990,106.10020`` as two numbers; nothing where it is not such a pair."""
    parts = text.split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return round(lat, KEPT), round(lon, KEPT)


def lies_within(pin: Pin, *, west: float, south: float, east: float, north: float) -> bool:
    """Does the pin lie on the map?"""
    return south <= pin[0] <= north and west <= pin[1] <= east


def write_pin(pin: Pin, decimals: int = KEPT) -> str:
    """As a ``geo:`` address writes it."""
    return ",".join(f"{value:.{decimals}f}" for value in pin)
