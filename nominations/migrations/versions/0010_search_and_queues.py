"""Names to search by, and indexes for queues and lists.

A name is kept from each of its words on, in step with the name itself by triggers, so that no way of writing a
nomination can leave them out.
"""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, SortedText

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SEPARATORS = ".,;:-/()'\"&+*"  # beside the blank; the search splits what is typed at the same
COUNCILS = "step IN ('unit.council', 'commune.council', 'district.council', 'board.council') AND closed_at IS NULL"


def upgrade() -> None:
    """Create the table with its triggers, fill it, and create the indexes."""
    op.create_table(
        "nomination_names",
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("tail", SortedText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_nomination_names_nomination_id_nominations")
        ),
        sa.PrimaryKeyConstraint("nomination_id", "tail", name=op.f("pk_nomination_names")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_nomination_names_tail_nomination_id"), "nomination_names", ["tail", "nomination_id"])
    op.drop_index(op.f("ix_nominations_state"), "nominations")
    op.create_index(op.f("ix_nominations_state_id"), "nominations", ["state", "id"])
    op.drop_index(op.f("ix_ballots_person_id"), "ballots")
    op.create_index(op.f("ix_ballots_person_id_cast_at"), "ballots", ["person_id", "cast_at"])
    partial("ix_returns_open", "returns", ["by_unit_id", "nomination_id"], "closed_at IS NULL")
    partial("ix_tasks_councils", "tasks", ["unit_id", "due_on", "id"], COUNCILS)
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        statements = sqlite_names()
    else:
        statements = postgresql_names(bind.scalar(sa.text("SELECT current_schema()")))
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    """Drop them all."""
    if op.get_bind().dialect.name == "sqlite":
        for event in ("insert", "update"):
            op.execute(f"DROP TRIGGER nominations_names_{event}")
    else:
        op.execute("DROP FUNCTION keep_names CASCADE")
    op.drop_index("ix_tasks_councils", "tasks")
    op.drop_index("ix_returns_open", "returns")
    op.drop_index(op.f("ix_ballots_person_id_cast_at"), "ballots")
    op.create_index(op.f("ix_ballots_person_id"), "ballots", ["person_id"])
    op.drop_index(op.f("ix_nominations_state_id"), "nominations")
    op.create_index(op.f("ix_nominations_state"), "nominations", ["state"])
    op.drop_table("nomination_names")


def partial(name: str, table: str, columns: list[str], condition: str) -> None:
    """Create an index on the rows that meet a condition."""
    only = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def quoted(text: str) -> str:
    """Write a text into SQL."""
    return "'" + text.replace("'", "''") + "'"


def sqlite_names() -> list[str]:
    """Triggers that split the name, and the names there are."""
    changed = "DELETE FROM nomination_names WHERE nomination_id = NEW.id; "
    again = "AFTER UPDATE OF nominee_folded ON nominations WHEN OLD.nominee_folded <> NEW.nominee_folded"
    return [
        f"CREATE TRIGGER nominations_names_insert AFTER INSERT ON nominations BEGIN {sqlite_insert('NEW')}; END",
        f"CREATE TRIGGER nominations_names_update {again} BEGIN {changed}{sqlite_insert('NEW')}; END",
        sqlite_insert("m", "nominations m"),
    ]


def sqlite_insert(row: str, source: str = "(SELECT 1)") -> str:
    """Statement that stores a row's name from each blank on.

    Triggers may use neither a WITH nor, in a database whose schema is not trusted, the JSON functions, so the places
    in the name are counted out: 16 times 16 of them. LIMIT keeps the name from being worked out again at each.
    """
    name = f"{row}.nominee_folded"
    for separator in SEPARATORS:
        name = f"replace({name}, {quoted(separator)}, ' ')"
    for _ in range(3):
        name = f"replace({name}, '  ', ' ')"
    clean = f"SELECT {row}.id AS id, ' ' || trim({name}) AS name FROM {source} LIMIT -1"
    digits = "SELECT 0 AS d " + " ".join(f"UNION ALL SELECT {digit}" for digit in range(1, 16))
    place = "16 * a.d + b.d"
    return (
        f"INSERT OR IGNORE INTO nomination_names SELECT n.id, substr(n.name, 2 + {place}) FROM ({clean}) n"
        f" JOIN ({digits}) a ON 16 * a.d < length(n.name) - 1 JOIN ({digits}) b ON {place} < length(n.name) - 1"
        f" WHERE substr(n.name, 1 + {place}, 1) = ' '"
    )


def postgresql_names(schema: str) -> list[str]:
    """Trigger that splits the name, and the names there are."""
    return [
        f"""
        CREATE FUNCTION {schema}.keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                DELETE FROM {schema}.nomination_names WHERE nomination_id = NEW.id;
            END IF;
            {postgresql_insert(f"{schema}.nomination_names", "NEW")};
            RETURN NULL;
        END $$""",
        """
        CREATE TRIGGER nominations_names AFTER INSERT OR UPDATE OF nominee_folded ON nominations
        FOR EACH ROW EXECUTE FUNCTION keep_names()""",
        "ALTER TABLE nominations ENABLE ALWAYS TRIGGER nominations_names",
        postgresql_insert("nomination_names", "n", " FROM nominations n"),
    ]


def postgresql_insert(table: str, row: str, source: str = "") -> str:
    """Statement that stores a row's name from each blank on."""
    clean = f"translate({row}.nominee_folded, {quoted(SEPARATORS)}, {quoted(' ' * len(SEPARATORS))})"
    clean = f"regexp_replace({clean}, ' +', ' ', 'g')"
    return (
        f"INSERT INTO {table} SELECT DISTINCT m.id, substr(m.name, i + 1)"
        f" FROM (SELECT {row}.id AS id, ' ' || trim({clean}) AS name{source}) m,"
        " generate_series(1, length(m.name) - 1) i WHERE substr(m.name, i, 1) = ' '"
    )
