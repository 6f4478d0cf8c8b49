"""Papers over many files: composed, signed and numbered once; a signed list is never altered."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SEALED = "A signed list is never altered: what comes back goes up by a supplementary letter."
ONE_PAPER = "kind NOT IN ('central_awarded', 'central_not_awarded')"
NUMBER = ["body_unit_id", "kind_series", "number_year", "number"]
FILLED = (
    "supplements_id", "to_unit_id", "signer_id", "recorder_id", "signed_file", "numbered_by", "submission_id",
)  # fmt: skip


def upgrade() -> None:
    """Create the tables and what guards them; several decisions may share a number where one leads them."""
    _bundles()
    _lines()
    op.add_column("decisions", sa.Column("led_by", Id))
    _one_number(f"{ONE_PAPER} AND led_by IS NULL")
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        statements = sqlite_seal()
    else:
        statements = postgresql_seal(bind.scalar(sa.text("SELECT current_schema()")))
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    """Drop them; of decisions that share a number only the one that led them keeps it."""
    op.drop_table("bundle_lines")
    op.drop_table("bundles")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_signed_list()")
    op.execute(
        "UPDATE decisions SET number = NULL, number_year = NULL, numbered_on = NULL, numbered_by = NULL"
        " WHERE led_by IS NOT NULL"
    )
    _one_number(ONE_PAPER)
    op.drop_column("decisions", "led_by")


def _bundles() -> None:
    op.create_table(
        "bundles",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("to_unit_id", Id),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("supplements_id", Id),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("composed_by", Id, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("dropped_at", UtcDateTime()),
        sa.Column("signer_id", Id),
        sa.Column("recorder_id", Id),
        sa.Column("signs_as", sa.Text()),
        sa.Column("signed_on", sa.Date()),
        sa.Column("signed_at", UtcDateTime()),
        sa.Column("signed_file", sa.String(length=64)),
        sa.Column("signed_counts", Json),
        sa.Column("kind_series", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("number_year", sa.Integer()),
        sa.Column("numbered_on", sa.Date()),
        sa.Column("numbered_by", Id),
        sa.Column("submission_id", Id),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("content_sha256", sa.String(length=64)),
        sa.CheckConstraint("outcome IN ('send_up', 'award', 'resubmit')", name=op.f("ck_bundles_outcome_known")),
        sa.CheckConstraint("signs_as IN ('head', 'deputy')", name=op.f("ck_bundles_signs_as_known")),
        sa.CheckConstraint("(signed_at IS NULL) = (signer_id IS NULL)", name=op.f("ck_bundles_signature_whole")),
        sa.CheckConstraint("(signed_at IS NULL) = (signed_on IS NULL)", name=op.f("ck_bundles_day_of_signature")),
        sa.CheckConstraint(
            "(number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (numbered_on IS NULL)"
            " AND (number IS NULL) = (numbered_by IS NULL)",
            name=op.f("ck_bundles_number_whole"),
        ),
        sa.CheckConstraint("number IS NULL OR signed_at IS NOT NULL", name=op.f("ck_bundles_numbered_after_signed")),
        sa.CheckConstraint("dropped_at IS NULL OR signed_at IS NULL", name=op.f("ck_bundles_signed_is_kept")),
        sa.CheckConstraint(
            "supplements_id IS NULL OR supplements_id <> id", name=op.f("ck_bundles_supplements_another")
        ),
        *(_refers(column, table) for column, table in REFERS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundles")),
        sa.UniqueConstraint("ref", name=op.f("uq_bundles_ref")),
    )
    op.create_index(op.f("ix_bundles_unit_id_id"), "bundles", ["unit_id", "id"])
    op.create_index(op.f("ix_bundles_round_id"), "bundles", ["round_id"])
    op.create_index(op.f("ix_bundles_composed_by"), "bundles", ["composed_by"])
    numbered = sa.text("number IS NOT NULL")
    op.create_index(
        "uq_bundles_number",
        "bundles",
        ["unit_id", "kind_series", "number_year", "number"],
        unique=True,
        sqlite_where=numbered,
        postgresql_where=numbered,
    )
    for column in FILLED:
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(op.f(f"ix_bundles_{column}"), "bundles", [column], sqlite_where=there, postgresql_where=there)


REFERS = {
    "unit_id": "units.id",
    "to_unit_id": "units.id",
    "form": "award_forms.code",
    "round_id": "rounds.id",
    "supplements_id": "bundles.id",
    "composed_by": "people.id",
    "signer_id": "people.id",
    "recorder_id": "people.id",
    "signed_file": "files.sha256",
    "numbered_by": "people.id",
    "submission_id": "submissions.id",
}


def _refers(column: str, remote: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [remote], name=op.f(f"fk_bundles_{column}_{remote.partition('.')[0]}"))


def _lines() -> None:
    op.create_table(
        "bundle_lines",
        sa.Column("bundle_id", Id, nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision_id", Id),
        sa.Column("revision_id", Id),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundles.id"], name=op.f("fk_bundle_lines_bundle_id_bundles")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_bundle_lines_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "decision_id"],
            ["decisions.nomination_id", "decisions.id"],
            name=op.f("fk_bundle_lines_nomination_id_decision_id_decisions"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id", "revision_id"],
            ["revisions.nomination_id", "revisions.id"],
            name=op.f("fk_bundle_lines_nomination_id_revision_id_revisions"),
        ),
        sa.PrimaryKeyConstraint("bundle_id", "nomination_id", name=op.f("pk_bundle_lines")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_bundle_lines_nomination_id"), "bundle_lines", ["nomination_id"])


def _one_number(condition: str) -> None:
    """One number for one paper: among the decisions that meet the condition."""
    op.drop_index("uq_decisions_number", "decisions")
    where = sa.text(condition)
    op.create_index("uq_decisions_number", "decisions", NUMBER, unique=True, sqlite_where=where, postgresql_where=where)


def postgresql_seal(schema: str) -> list[str]:
    """The function and the trigger that keep the lines of a signed list."""
    function = f"""
        CREATE FUNCTION {schema}.keep_signed_list() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM {schema}.bundles WHERE signed_at IS NOT NULL
                    AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.bundle_id END,
                               CASE WHEN TG_OP <> 'DELETE' THEN NEW.bundle_id END)) THEN
                RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{SEALED}';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$"""
    events = "BEFORE INSERT OR UPDATE OR DELETE"
    return [
        function,
        f"CREATE TRIGGER bundle_lines_keep {events} ON bundle_lines FOR EACH ROW EXECUTE FUNCTION keep_signed_list()",
        "ALTER TABLE bundle_lines ENABLE ALWAYS TRIGGER bundle_lines_keep",
    ]


def sqlite_seal() -> list[str]:
    """A trigger for each way to change the lines of a signed list."""
    ways = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    return [
        f"CREATE TRIGGER bundle_lines_keep_{event.lower()} BEFORE {event} ON bundle_lines BEGIN"
        f" SELECT RAISE(ABORT, '{SEALED}') FROM bundles WHERE signed_at IS NOT NULL"
        f" AND id IN ({', '.join(f'{row}.bundle_id' for row in rows)}); END"
        for event, rows in ways.items()
    ]
