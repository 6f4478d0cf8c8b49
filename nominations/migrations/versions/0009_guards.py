"""What the database refuses by itself: changes of what is written once, and entries out of their chain.

Each refusal is an English sentence and an integrity error on both databases.  SQLite has no SHA-256 of its own, so
only PostgreSQL checks an entry's hash.  SQLite's ``INSERT OR REPLACE`` deletes what stands in its way, without a
DELETE trigger unless ``recursive_triggers`` is on, so there each guarded table also looks before it takes a row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WRITTEN_ONCE = {  # table -> the sentence that refuses a change, and a deletion
    "audit_entries": "The log is written once: an entry is never changed or deleted.",
    "log_positions": "The log is written once: the place of an entry is never changed or deleted.",
    "revisions": "A revision is written once: it is never changed or deleted.",
    "participations": "The side a person has taken in a nomination is never changed or deleted.",
}
PAYLOAD = "The payload of an entry is never changed; erasing deletes it."
RESULT = "The result of a line is written once: it is never changed."
FLOW = "A published flow is never changed: publish a new version."
STEP = "The log takes only the next step of a stream: cseq must be the last one plus one."
PREVIOUS = "The log takes an entry only after its predecessor: cprev must be the hash of the last entry of the stream."
TIME = "The log does not go back: at must not be before the last entry of the stream."
LENGTH = "The log takes entries of at most 8192 bytes."
HASH = "The log takes an entry only under its own hash: hash must be the SHA-256 of content."
TAKEN = "The log holds every entry once: this hash is already in it."
REQUEST = "The log holds every request once: this actor has already made it."
PLACE = "The log gives places without gaps: seq must be the last one plus one."
PLACED = "The log gives every entry one place: this entry already has it."
OTHER_SIDE = "This person is already on another side of this pair in this nomination."

FLOW_COLUMNS = ("form", "rule_set", "tiers", "number", "content", "sha256")
NO_HASH = "0" * 64


def upgrade() -> None:
    """Create the triggers."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        statements = sqlite_guards()
    else:
        statements = postgresql_guards(bind.scalar(sa.text("SELECT current_schema()")))
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    """Drop the triggers, and on PostgreSQL their functions with them."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        for (name,) in bind.execute(sa.text("SELECT name FROM sqlite_schema WHERE type = 'trigger'")).all():
            op.execute(f"DROP TRIGGER {name}")
        return
    for function in ("refuse_change", "take_entry", "take_position"):
        op.execute(f"DROP FUNCTION {function} CASCADE")


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def postgresql_guards(schema: str) -> list[str]:
    """Functions and triggers; tables are named with their schema, so that no temporary table can stand in."""
    return [
        postgresql_refuse(schema),
        postgresql_take_entry(schema),
        postgresql_take_position(schema),
        *postgresql_trigger("audit_entries", "take", "BEFORE INSERT", "FOR EACH ROW", "take_entry()"),
        *postgresql_trigger("log_positions", "take", "BEFORE INSERT", "FOR EACH ROW", "take_position()"),
        *(
            statement
            for table, sentence in WRITTEN_ONCE.items()
            for statement in (
                *postgresql_refusal(table, "keep", "UPDATE OR DELETE", "FOR EACH ROW", sentence),
                *postgresql_refusal(table, "keep_all", "TRUNCATE", "FOR EACH STATEMENT", sentence),
            )
        ),
        *postgresql_refusal("entry_payloads", "keep", "UPDATE", "FOR EACH ROW", PAYLOAD),
        *postgresql_refusal("entry_payloads", "keep_all", "TRUNCATE", "FOR EACH STATEMENT", PAYLOAD),
        *postgresql_refusal(
            "submission_lines",
            "keep",
            "UPDATE",
            "FOR EACH ROW WHEN (OLD.result IS NOT NULL AND OLD.result IS DISTINCT FROM NEW.result)",
            RESULT,
        ),
        *postgresql_refusal(
            "workflow_versions",
            "keep",
            "UPDATE",
            f"FOR EACH ROW WHEN ({differ('IS DISTINCT FROM')})",
            FLOW,
        ),
    ]


def postgresql_trigger(table: str, name: str, event: str, each: str, function: str) -> list[str]:
    """Create a trigger that fires whatever ``session_replication_role`` says."""
    return [
        f"CREATE TRIGGER {table}_{name} {event} ON {table} {each} EXECUTE FUNCTION {function}",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}",
    ]


def postgresql_refusal(table: str, name: str, events: str, each: str, sentence: str) -> list[str]:
    """Create a trigger that answers with a sentence and does nothing else."""
    return postgresql_trigger(table, name, f"BEFORE {events}", each, f"refuse_change('{sentence}')")


def postgresql_raise(sentence: str) -> str:
    """End a function with a sentence, as an integrity error."""
    return f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = {sentence}"


def postgresql_refuse(schema: str) -> str:
    """Function of the triggers that only refuse; the sentence is the trigger's argument."""
    return f"""
        CREATE FUNCTION {schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {postgresql_raise("TG_ARGV[0]")};
        END $$"""


def postgresql_take_entry(schema: str) -> str:
    """Function that takes an entry only at the head of its stream: one look-up in the primary key."""
    return f"""
        CREATE FUNCTION {schema}.take_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            head record;
        BEGIN
            SELECT cseq, hash, at INTO head FROM {schema}.audit_entries
            WHERE stream = NEW.stream ORDER BY cseq DESC LIMIT 1;
            IF NEW.cseq <> coalesce(head.cseq, 0) + 1 THEN
                {postgresql_raise(f"'{STEP}'")};
            ELSIF NEW.cprev <> coalesce(head.hash, '{NO_HASH}') THEN
                {postgresql_raise(f"'{PREVIOUS}'")};
            ELSIF NEW.at COLLATE "C" < head.at COLLATE "C" THEN
                {postgresql_raise(f"'{TIME}'")};
            ELSIF length(NEW.content) > 8192 THEN
                {postgresql_raise(f"'{LENGTH}'")};
            ELSIF NEW.hash <> encode(sha256(NEW.content), 'hex') THEN
                {postgresql_raise(f"'{HASH}'")};
            END IF;
            RETURN NEW;
        END $$"""


def postgresql_take_position(schema: str) -> str:
    """Function that gives the next place and no other."""
    return f"""
        CREATE FUNCTION {schema}.take_position() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM {schema}.log_positions) THEN
                {postgresql_raise(f"'{PLACE}'")};
            END IF;
            RETURN NEW;
        END $$"""


# --- SQLite -----------------------------------------------------------------------------------------------------------


def sqlite_guards() -> list[str]:
    """Triggers that refuse, and triggers that look before they take."""
    return [
        *(
            sqlite_trigger(f"{table}_keep_{event.lower()}", f"BEFORE {event} ON {table}", sqlite_raise(sentence))
            for table, sentence in WRITTEN_ONCE.items()
            for event in ("UPDATE", "DELETE")
        ),
        sqlite_trigger("entry_payloads_keep", "BEFORE UPDATE ON entry_payloads", sqlite_raise(PAYLOAD)),
        sqlite_trigger(
            "submission_lines_keep",
            "BEFORE UPDATE OF result ON submission_lines",
            f"{sqlite_raise(RESULT)} WHERE OLD.result IS NOT NULL AND OLD.result IS NOT NEW.result",
        ),
        sqlite_trigger(
            "workflow_versions_keep",
            "BEFORE UPDATE ON workflow_versions",
            f"{sqlite_raise(FLOW)} WHERE {differ('IS NOT')}",
        ),
        sqlite_trigger("audit_entries_take", "BEFORE INSERT ON audit_entries", sqlite_take_entry()),
        sqlite_trigger("log_positions_take", "BEFORE INSERT ON log_positions", sqlite_take_position()),
        sqlite_once("revisions", WRITTEN_ONCE["revisions"], "id", "nomination_id number"),
        sqlite_once("entry_payloads", PAYLOAD, "stream cseq"),
        sqlite_once("submission_lines", RESULT, "id", "submission_id nomination_id"),
        sqlite_once("workflow_versions", FLOW, "id", "form rule_set tiers number"),
        sqlite_trigger(
            "participations_take",
            "BEFORE INSERT ON participations",
            f"""{sqlite_raise(OTHER_SIDE)} FROM participations WHERE nomination_id = NEW.nomination_id
                AND person_id = NEW.person_id AND pair = NEW.pair AND side <> NEW.side""",
        ),
    ]


def sqlite_trigger(name: str, event: str, body: str) -> str:
    """Create a trigger with one statement."""
    return f"CREATE TRIGGER {name} {event} BEGIN {body}; END"


def sqlite_raise(sentence: str) -> str:
    """Refuse with a sentence; add FROM or WHERE to refuse only then."""
    return f"SELECT RAISE(ABORT, '{sentence}')"


def sqlite_once(table: str, sentence: str, *keys: str) -> str:
    """Refuse a row whose keys are taken, which ``INSERT OR REPLACE`` would put in the other's place."""
    taken = " OR ".join(
        "EXISTS (SELECT 1 FROM {} WHERE {})".format(
            table, " AND ".join(f"{column} = NEW.{column}" for column in key.split())
        )
        for key in keys
    )
    return sqlite_trigger(f"{table}_once", f"BEFORE INSERT ON {table}", f"{sqlite_raise(sentence)} WHERE {taken}")


def sqlite_take_entry() -> str:
    """Statement that takes an entry only at the head of its stream, in the place of no other."""
    return f"""
        SELECT CASE
            WHEN NEW.cseq IS NOT coalesce(head.cseq, 0) + 1 THEN RAISE(ABORT, '{STEP}')
            WHEN NEW.cprev IS NOT coalesce(head.hash, '{NO_HASH}') THEN RAISE(ABORT, '{PREVIOUS}')
            WHEN NEW.at < head.at THEN RAISE(ABORT, '{TIME}')
            WHEN typeof(NEW.content) <> 'blob' OR length(NEW.content) > 8192 THEN RAISE(ABORT, '{LENGTH}')
            WHEN EXISTS (SELECT 1 FROM audit_entries WHERE hash = NEW.hash) THEN RAISE(ABORT, '{TAKEN}')
            WHEN EXISTS (SELECT 1 FROM audit_entries WHERE rowid = NEW.rowid) THEN RAISE(ABORT, '{TAKEN}')
            WHEN EXISTS (SELECT 1 FROM audit_entries WHERE actor = NEW.actor AND request_key = NEW.request_key)
                THEN RAISE(ABORT, '{REQUEST}')
        END
        FROM (SELECT 1) LEFT JOIN (
            SELECT cseq, hash, at FROM audit_entries WHERE stream = NEW.stream ORDER BY cseq DESC LIMIT 1
        ) AS head"""


def sqlite_take_position() -> str:
    """Statement that gives the next place and no other, to an entry that has none."""
    return f"""
        SELECT CASE
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM log_positions) THEN RAISE(ABORT, '{PLACE}')
            WHEN EXISTS (SELECT 1 FROM log_positions WHERE stream = NEW.stream AND cseq = NEW.cseq)
                THEN RAISE(ABORT, '{PLACED}')
        END"""


def differ(operator: str) -> str:
    """Say that a published flow's own columns differ between the old row and the new one."""
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in FLOW_COLUMNS)
