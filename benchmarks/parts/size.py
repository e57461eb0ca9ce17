"""How large what runs is: requirements.txt alone, in a fresh environment."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from feedback.core.config import ROOT


def installed_mb() -> float:
    """Megabytes on disk of a new virtual environment with the packages that run. Asks the package index."""
    with tempfile.TemporaryDirectory(prefix="feedback-size-") as folder:
        place = Path(folder) / "venv"
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        wanted = ["--require-hashes", "-r", str(ROOT / "requirements.txt")]
        subprocess.run([*pip, "--disable-pip-version-check", *wanted], check=True)
        files = (path for path in place.rglob("*") if path.is_file() and not path.is_symlink())
        return sum(path.stat().st_size for path in files) / 1e6
