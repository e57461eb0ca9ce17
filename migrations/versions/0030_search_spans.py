"""Search on PostgreSQL: rows of terms become small, and the newest hits are looked for in fewer spans of days.

The same is found, and the function takes what it took before, so the way down leaves both.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedback.search.ddl import NAME, WIDENED

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    if "wide" not in {column["name"] for column in sa.inspect(bind).get_columns(NAME)}:
        for statement in WIDENED:
            bind.exec_driver_sql(statement)


def downgrade() -> None:
    pass
