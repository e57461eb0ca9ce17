"""A site with its reference data and the published plan, on both engines; and the whole site."""

from __future__ import annotations

from tests.petitions.conftest import plan, stage

__all__ = ["plan", "stage"]
