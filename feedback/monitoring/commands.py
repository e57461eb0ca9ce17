"""``flask monitoring …``"""

from __future__ import annotations

from flask.cli import AppGroup

monitoring = AppGroup("monitoring", help="Figures about petitions.")
