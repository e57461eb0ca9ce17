"""The table of terms, for migrations to make on either engine.

SQLite: FTS5 without content of its own (``contentless_delete`` needs 3.43; an older one keeps the terms
twice) and without positions, for terms say all (``rules/terms.py``). The ``ascii`` tokenizer parts terms at
spaces and takes everything else as it is. PostgreSQL: the terms as a ``tsvector`` kept out of the row, so
that rows stay small, and a function that looks for the newest in ever wider spans of days: a GIN index knows
no order, and a common word stands in half of all texts.
"""

from __future__ import annotations

NAME = "search_term"
_FTS5 = "detail=none, tokenize=\"ascii tokenchars '_=@/-'\""
_APART = (3, 43)

# "+ 0": the order of the places is not to be used as an index, which would read every row of common words
_NEWEST = """
CREATE FUNCTION search_newest(
    asked tsquery, spans text[], low bigint, below bigint, most integer, exact text[]
) RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
DECLARE
    span text;
    wanted tsquery;
    found bigint[];
BEGIN
    FOREACH span IN ARRAY spans LOOP
        wanted := CASE WHEN span = '' THEN asked ELSE asked && span::tsquery END;
        found := ARRAY(
            SELECT t.place FROM search_term t
            WHERE t.terms @@ wanted AND t.place + 0 >= low AND t.place + 0 < below
            AND (cardinality(exact) = 0 OR EXISTS (
                SELECT 1 FROM search_entry e WHERE e.place = t.place AND e.folded LIKE ALL (exact)))
            ORDER BY t.place DESC LIMIT most
        );
        EXIT WHEN cardinality(found) >= most;
    END LOOP;
    RETURN QUERY SELECT unnest(found);
END
$$
"""
_POSTGRESQL = (
    f"CREATE TABLE {NAME} (place bigint NOT NULL, terms tsvector NOT NULL,"
    f" CONSTRAINT pk_{NAME} PRIMARY KEY (place)) WITH (toast_tuple_target = 128)",
    f"ALTER TABLE {NAME} ALTER COLUMN terms SET STORAGE EXTERNAL",
    f"CREATE INDEX ix_{NAME}_terms ON {NAME} USING gin (terms) WITH (fastupdate = off)",
    _NEWEST,
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
        "DROP FUNCTION IF EXISTS search_newest(tsquery, text[], bigint, bigint, integer, text[])",
        f"DROP TABLE IF EXISTS {NAME}",
    ]


def is_ours(table: str) -> bool:
    """Whether a table of the database is no model but made here (FTS5 keeps four more beside it)."""
    return table.startswith(NAME)
