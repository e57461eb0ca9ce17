"""What every message about a file names, and the key by which it goes out once."""

from __future__ import annotations

from typing import Any

from feedback.petitions.models import Petition


def base(petition: Petition) -> dict[str, Any]:
    """What every message about a file may name."""
    return {
        "title": petition.title,
        "reference": petition.reference,
        "agency": petition.agency.name,
        "due": petition.due_on,
    }


def key(petition: Petition, what: str, who: str, params: dict[str, Any]) -> str:
    """One telling of one thing to one person: the same change sent twice tells once."""
    apart = [str(params.get(name, "")) for name in ("leg", "version", "row", "due")]
    return ":".join([petition.public_id, what, who, *apart])
