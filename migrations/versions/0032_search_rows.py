"""Search on PostgreSQL: rows of terms hold what is counted, and spans of days are chosen by what one held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedback.search.ddl import NAME, WIDENED

revision = "0032"
down_revision = "0031"

BEFORE = """
CREATE FUNCTION search_newest(
    asked tsquery, spans text[], low bigint, below bigint, most integer, exact text[],
    ahead bigint DEFAULT 4611686018427387904
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
DECLARE
    at integer := 1;
    wanted tsquery;
    found bigint[];
    hoped bigint;
BEGIN
    IF EXISTS (SELECT 1 FROM search_entry WHERE place >= ahead) THEN
        at := cardinality(spans);  -- something is dated later than the days of the spans
    END IF;
    LOOP
        wanted := CASE WHEN spans[at] = '' THEN asked ELSE asked && spans[at]::tsquery END;
        found := ARRAY(
            SELECT t.place FROM search_term t
            WHERE t.terms @@ wanted AND t.place + 0 >= low AND t.place + 0 < below
            AND (cardinality(exact) = 0 OR EXISTS (
                SELECT 1 FROM search_entry e WHERE e.place = t.place AND e.folded LIKE ALL (exact)))
            ORDER BY t.place DESC LIMIT most
        );
        hoped := cardinality(found);
        EXIT WHEN hoped >= most OR at = cardinality(spans);
        -- a span is some eight times the one before: those that would hold too few are passed over
        LOOP
            at := at + 1;
            hoped := hoped * 8;
            EXIT WHEN hoped >= most OR at = cardinality(spans);
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT unnest(found);
END
$$
"""


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "postgresql":
        return
    if "facets" not in {column["name"] for column in sa.inspect(bind).get_columns(NAME)}:
        for statement in WIDENED:
            bind.exec_driver_sql(statement)


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        bind.exec_driver_sql("DROP FUNCTION search_newest")
        bind.exec_driver_sql(f"ALTER TABLE {NAME} DROP COLUMN facets")
        bind.exec_driver_sql(BEFORE)
