"""The table of terms, for migrations to make on either engine.

SQLite: FTS5 without content of its own (``contentless_delete`` needs 3.43; an older one keeps the terms
twice) and without positions, for terms say all (``rules/terms.py``). The ``ascii`` tokenizer parts terms at
spaces and takes everything else as it is. PostgreSQL: the terms as a ``tsvector`` kept out of the row, so
that rows stay small, facets beside them, and a function that looks for the newest in ever wider spans of days: a GIN index knows
no order, and a common word stands in half of all texts.
"""

from __future__ import annotations

NAME = "search_term"
_FTS5 = "detail=none, tokenize=\"ascii tokenchars '_=@/-'\""
_APART = (3, 43)

# "+ 0": the order of the places is not to be used as an index, which would read every row of common words. Where an
# index of its own stands for each word, the planner has nothing to choose: one plan for all (``force_generic_plan``).
NEWEST = """
CREATE FUNCTION search_newest(
    asked tsquery, spans text[], days integer[], low bigint, below bigint, most integer, exact text[],
    ahead bigint DEFAULT 4611686018427387904
) RETURNS TABLE (place bigint, facets text) LANGUAGE plpgsql STABLE ROWS 100
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    at integer := 1;
    looked_at integer;
    wanted tsquery;
    places bigint[];
    held text[];
    number bigint;
BEGIN
    IF EXISTS (SELECT 1 FROM search_entry e WHERE e.place >= ahead) THEN
        at := cardinality(spans);  -- something is dated later than the days of the spans
    END IF;
    LOOP
        wanted := CASE WHEN spans[at] = '' THEN asked ELSE asked && spans[at]::tsquery END;
        SELECT array_agg(n.place), array_agg(n.facets), count(*) INTO places, held, number FROM (
            SELECT t.place, t.facets FROM search_term t
            WHERE t.terms @@ wanted AND t.place + 0 >= low AND t.place + 0 < below
            AND (cardinality(exact) = 0 OR EXISTS (
                SELECT 1 FROM search_entry e WHERE e.place = t.place AND e.folded LIKE ALL (exact)))
            ORDER BY t.place DESC LIMIT most
        ) AS n;
        EXIT WHEN number >= most OR at = cardinality(spans);
        -- on to the next span that should hold a fifth more than enough, if its days are like these
        looked_at := days[at];
        LOOP
            at := at + 1;
            EXIT WHEN at = cardinality(spans) OR number * days[at] * 5 >= most * looked_at * 6;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT * FROM unnest(places, held);
END
$$
"""
# A row is looked at for its place and facets alone. PostgreSQL moves a long value out of rows of more than 2 KB,
# whatever ``toast_tuple_target`` says, so ``wide`` makes every row longer than that; it is kept as some forty bytes.
_TABLE = (
    f"CREATE TABLE {NAME} (place bigint NOT NULL, facets varchar(600) NOT NULL, terms tsvector NOT NULL,"
    f" wide text NOT NULL DEFAULT repeat(' ', 2048),"
    f" CONSTRAINT pk_{NAME} PRIMARY KEY (place)) WITH (toast_tuple_target = 256)",
    f"ALTER TABLE {NAME} ALTER COLUMN terms SET STORAGE EXTERNAL",
    f"ALTER TABLE {NAME} ALTER COLUMN facets SET STORAGE PLAIN",
)
_INDEX = f"CREATE INDEX ix_{NAME}_terms ON {NAME} USING gin (terms) WITH (fastupdate = off)"
_POSTGRESQL = (*_TABLE, _INDEX, NEWEST)
# from the table as it was made before there was ``wide``, or before there were ``facets``
WIDENED = (
    f"DROP INDEX ix_{NAME}_terms",
    f"ALTER TABLE {NAME} RENAME CONSTRAINT pk_{NAME} TO pk_{NAME}_before",
    f"ALTER TABLE {NAME} RENAME TO {NAME}_before",
    *_TABLE,
    f"INSERT INTO {NAME} (place, facets, terms) SELECT place, e.facets, t.terms"  # noqa: S608
    f" FROM {NAME}_before t JOIN search_entry e USING (place) ORDER BY place",
    f"DROP TABLE {NAME}_before",
    _INDEX,
    "DROP FUNCTION search_newest",
    NEWEST,
)


def create(dialect_name: str, version: tuple[int, ...] = ()) -> list[str]:
    """Statements that make the table, to be run one by one. ``version`` is SQLite's."""
    if dialect_name != "sqlite":
        return list(_POSTGRESQL)
    apart = ", content='', contentless_delete=1" if version >= _APART else ""
    return [f"CREATE VIRTUAL TABLE {NAME} USING fts5(terms, {_FTS5}{apart})"]


def drop(dialect_name: str) -> list[str]:
    """Statements that take it away."""
    if dialect_name == "sqlite":
        return [f"DROP TABLE IF EXISTS {NAME}"]
    return [
        "DROP FUNCTION IF EXISTS search_newest",
        f"DROP TABLE IF EXISTS {NAME}",
    ]


def is_ours(table: str) -> bool:
    """Whether a table of the database is no model but made here (FTS5 keeps four more beside it)."""
    return table.startswith(NAME)
