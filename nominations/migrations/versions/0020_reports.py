"""Reports on the movement, what is compiled of them, milestones met; how the plan is read about them."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = "kind IN ('yearly', 'midterm', 'final')"
READ_AS_USUAL = {
    "settings": {
        "due": {"value": "11-15", "source": "[plan]"},
        "includes_day": {"value": False, "source": "[inference]"},
        "first_year": {"value": 2023, "source": "[inference]"},
        "communes_from": {"value": 2025, "source": "[inference]"},
        "others": {"value": "optional", "source": "[inference]"},
        "remind_days": {"value": 10, "source": "[practice]"},
    },
    "targets": {
        "all": {"least": "1.5", "most": "2", "more": False, "source": "I.1.3 [plan]"},
        "ethnic_minority": {"least": "3", "most": None, "more": True, "source": "I.1.3 [plan]"},
    },
}
RULES = {"yearly": "yearly from 2022", "yearly before 11-15": "yearly before 11-15 from 2023"}


def upgrade() -> None:
    """Add the column and the tables; movements that are there read the plan as usual."""
    op.add_column("movements", sa.Column("reporting", Json))
    movements = sa.table("movements", sa.column("reporting", Json))
    op.execute(movements.update().values(reporting=READ_AS_USUAL))
    _new_rules(RULES)
    _reports()
    _compilations()
    op.create_table(
        "report_reminders",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_report_reminders_kind_known")),
        sa.CheckConstraint("told IN ('report_due', 'report_late')", name=op.f("ck_report_reminders_told_known")),
        _refers("report_reminders", "movement_id", "movements"),
        _refers("report_reminders", "unit_id", "units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_reminders")),
        sa.UniqueConstraint(
            "movement_id", "kind", "year", "unit_id", "told",
            name=op.f("uq_report_reminders_movement_id_kind_year_unit_id_told"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_report_reminders_unit_id"), "report_reminders", ["unit_id"])
    op.create_table(
        "milestone_marks",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("milestone_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marked_by", Id, nullable=False),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("note <> ''", name=op.f("ck_milestone_marks_note_given")),
        _refers("milestone_marks", "milestone_id", "milestones"),
        _refers("milestone_marks", "marked_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_marks")),
        sa.UniqueConstraint("milestone_id", "year", name=op.f("uq_milestone_marks_milestone_id_year")),
    )
    op.create_index(op.f("ix_milestone_marks_marked_by"), "milestone_marks", ["marked_by"])


def downgrade() -> None:
    """Drop them; milestones fall due from the movement's first year again."""
    for table in ("milestone_marks", "report_reminders", "report_compilations", "movement_reports"):
        op.drop_table(table)
    _new_rules({new: old for old, new in RULES.items()})
    op.drop_column("movements", "reporting")


def _reports() -> None:
    sent = "state IN ('submitted', 'accepted')"
    op.create_table(
        "movement_reports",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("counted", Json),
        sa.Column("number", sa.Text()),
        sa.Column("dated_on", sa.Date()),
        sa.Column("signer", sa.Text()),
        sa.Column("signed_file", sa.String(64)),
        sa.Column("signed_name", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("submitted_at", UtcDateTime()),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("submitted_by", Id),
        sa.Column("returned_for", sa.Text()),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("decided_by", Id),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_movement_reports_kind_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted')", name=op.f("ck_movement_reports_state_known")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_movement_reports_version_positive")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_movement_reports_year_likely")),
        sa.CheckConstraint(
            f"NOT ({sent}) OR (signed_file IS NOT NULL AND submitted_on IS NOT NULL AND submitted_by IS NOT NULL"
            " AND counted IS NOT NULL)",
            name=op.f("ck_movement_reports_sent_whole"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR coalesce(returned_for, '') <> ''", name=op.f("ck_movement_reports_return_reasoned")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_movement_reports_decision_whole")
        ),
        _refers("movement_reports", "movement_id", "movements"),
        _refers("movement_reports", "unit_id", "units"),
        _refers("movement_reports", "signed_file", "files", "sha256"),
        *(_refers("movement_reports", name, "people") for name in ("submitted_by", "decided_by", "created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movement_reports")),
        sa.UniqueConstraint(
            "movement_id", "kind", "year", "unit_id", name=op.f("uq_movement_reports_movement_id_kind_year_unit_id")
        ),
    )
    for name in ("unit_id", "created_by"):
        op.create_index(op.f(f"ix_movement_reports_{name}"), "movement_reports", [name])
    for name in ("signed_file", "submitted_by", "decided_by"):
        given = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            op.f(f"ix_movement_reports_{name}"),
            "movement_reports",
            [name],
            sqlite_where=given,
            postgresql_where=given,
        )


def _compilations() -> None:
    op.create_table(
        "report_compilations",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("movement_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("issuer_unit_id", Id, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("paper", sa.LargeBinary(), nullable=False),
        sa.Column("paper_sha256", sa.String(64), nullable=False),
        sa.Column("issued_by", Id, nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_report_compilations_kind_known")),
        sa.CheckConstraint("edition > 0", name=op.f("ck_report_compilations_edition_positive")),
        sa.CheckConstraint("length(paper_sha256) = 64", name=op.f("ck_report_compilations_sha256_whole")),
        sa.CheckConstraint("number <> '' AND signer <> ''", name=op.f("ck_report_compilations_numbered_and_signed")),
        _refers("report_compilations", "movement_id", "movements"),
        _refers("report_compilations", "issuer_unit_id", "units"),
        _refers("report_compilations", "issued_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_compilations")),
        sa.UniqueConstraint(
            "movement_id", "kind", "year", "edition", name=op.f("uq_report_compilations_movement_id_kind_year_edition")
        ),
    )
    for name in ("issuer_unit_id", "issued_by"):
        op.create_index(op.f(f"ix_report_compilations_{name}"), "report_compilations", [name])


def _refers(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}_{other}"))


def _new_rules(rules: dict[str, str]) -> None:
    for old, new in rules.items():
        op.execute(sa.text("UPDATE milestones SET due_rule = :new WHERE due_rule = :old").bindparams(new=new, old=old))
