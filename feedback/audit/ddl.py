"""Triggers that refuse to change the record, for migrations to run on either engine.

They stop mistakes and a hijacked web process. Against the database's own administrator they are no
defence: that is what verification, and later checkpoints kept elsewhere, are for.
"""

from __future__ import annotations

REFUSED = "the record is append-only"

_SQLITE = {
    "event_no_update": f"BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "event_no_delete": f"BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    # INSERT OR REPLACE deletes without asking the delete trigger, so every unique column is checked here
    "event_in_order": (
        "BEFORE INSERT ON event WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)"
        " OR NEW.prev <> coalesce((SELECT head FROM event WHERE seq = NEW.seq - 1), zeroblob(32))"
        " OR EXISTS (SELECT 1 FROM event WHERE event_id = NEW.event_id)"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    "event_field_no_delete": (
        f"BEFORE DELETE ON event_field BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    "event_field_no_replace": (
        "BEFORE INSERT ON event_field WHEN NEW.erased_at IS NOT NULL OR EXISTS"
        " (SELECT 1 FROM event_field WHERE seq = NEW.seq AND name = NEW.name)"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    "event_field_erase_only": (
        "BEFORE UPDATE ON event_field WHEN NOT (OLD.erased_at IS NULL"
        " AND NEW.erased_at IS NOT NULL AND NEW.erased_basis IS NOT NULL"
        " AND NEW.value IS NULL AND NEW.salt IS NULL"
        " AND NEW.seq IS OLD.seq AND NEW.name IS OLD.name AND NEW.level IS OLD.level)"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    "event_head_no_delete": (
        f"BEFORE DELETE ON event_head BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    "event_head_no_replace": (
        "BEFORE INSERT ON event_head WHEN EXISTS (SELECT 1 FROM event_head WHERE id = NEW.id)"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    "event_head_forward": (
        "BEFORE UPDATE ON event_head WHEN NEW.seq <= OLD.seq OR NEW.last_ts_ms <= OLD.last_ts_ms"
        " OR NEW.log <> OLD.log OR NEW.synthetic <> OLD.synthetic OR NEW.id <> OLD.id"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
}

_POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""

_EXECUTE = "EXECUTE FUNCTION event_refuse()"
_ERASE_ONLY = (
    "BEFORE UPDATE ON event_field FOR EACH ROW WHEN (NOT (OLD.erased_at IS NULL"
    " AND NEW.erased_at IS NOT NULL AND NEW.erased_basis IS NOT NULL"
    " AND NEW.value IS NULL AND NEW.salt IS NULL"
    " AND NEW.seq = OLD.seq AND NEW.name = OLD.name AND NEW.level = OLD.level))"
    f" {_EXECUTE}"
)
_FORWARD = (
    "BEFORE UPDATE ON event_head FOR EACH ROW WHEN (NEW.seq <= OLD.seq"
    " OR NEW.last_ts_ms <= OLD.last_ts_ms OR NEW.log <> OLD.log"
    f" OR NEW.synthetic <> OLD.synthetic OR NEW.id <> OLD.id) {_EXECUTE}"
)
_POSTGRESQL = {
    "event_no_change": ("event", f"BEFORE UPDATE OR DELETE ON event FOR EACH ROW {_EXECUTE}"),
    "event_no_truncate": ("event", f"BEFORE TRUNCATE ON event FOR EACH STATEMENT {_EXECUTE}"),
    "event_field_no_delete": (
        "event_field",
        f"BEFORE DELETE ON event_field FOR EACH ROW {_EXECUTE}",
    ),
    "event_field_no_truncate": (
        "event_field",
        f"BEFORE TRUNCATE ON event_field FOR EACH STATEMENT {_EXECUTE}",
    ),
    "event_field_erase_only": ("event_field", _ERASE_ONLY),
    "event_head_no_delete": (
        "event_head",
        f"BEFORE DELETE ON event_head FOR EACH ROW {_EXECUTE}",
    ),
    "event_head_no_truncate": (
        "event_head",
        f"BEFORE TRUNCATE ON event_head FOR EACH STATEMENT {_EXECUTE}",
    ),
    "event_head_forward": ("event_head", _FORWARD),
}


def create_triggers(dialect_name: str) -> list[str]:
    """Statements that protect ``event``, ``event_field`` and ``event_head``, to be run one by one."""
    if dialect_name == "sqlite":
        return [f"CREATE TRIGGER {name} {body}" for name, body in _SQLITE.items()]
    return [
        _POSTGRESQL_FUNCTION,
        *(f"CREATE TRIGGER {name} {body}" for name, (_table, body) in _POSTGRESQL.items()),
    ]


def drop_triggers(dialect_name: str) -> list[str]:
    """Statements that take the protection away, for a migration's way down."""
    if dialect_name == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE]
    return [
        *(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, (table, _) in _POSTGRESQL.items()),
        "DROP FUNCTION IF EXISTS event_refuse()",
    ]
