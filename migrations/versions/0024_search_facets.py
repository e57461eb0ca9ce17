"""An index from which hits are counted without reading their rows."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_index("ix_search_entry_facets", "search_entry", ["place", "facets"])


def downgrade() -> None:
    op.drop_index("ix_search_entry_facets", table_name="search_entry")
