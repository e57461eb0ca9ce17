"""Residents support a public petition that is theirs too; enough of them bind who must answer."""
