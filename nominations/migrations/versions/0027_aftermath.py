"""What is done to an award after its decision, and certificates issued again."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import Id, Json, UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FILLED = ("document_sha", "signed_file", "proposed_by", "declined_by", "signer_id", "recorder_id", "numbered_by")
PEOPLE = ("proposed_by", "declined_by", "signer_id", "recorder_id", "numbered_by")


def upgrade() -> None:
    """Create the two tables; an award takes a bonus put right by hand, a file what waits for its head or its clerk."""
    op.create_table(
        "award_acts",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("nomination_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body_unit_id", Id, nullable=False),
        sa.Column("ground", sa.Text()),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("document_sha", sa.String(length=64)),
        sa.Column("changes", Json),
        sa.Column("amount_vnd", Id),
        sa.Column("proposed_by", Id),
        sa.Column("declined_by", Id),
        sa.Column("signer_id", Id),
        sa.Column("recorder_id", Id),
        sa.Column("signs_as", sa.Text()),
        sa.Column("pair", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("signed_on", sa.Date()),
        sa.Column("signed_file", sa.String(length=64)),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("number_year", sa.Integer()),
        sa.Column("numbered_on", sa.Date()),
        sa.Column("numbered_by", Id),
        sa.Column("paper", sa.LargeBinary()),
        sa.Column("paper_sha256", sa.String(length=64)),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('annulment', 'annulment_proposal', 'central_annulment', 'correction', 'reissue')",
            name=op.f("ck_award_acts_kind_known"),
        ),
        sa.CheckConstraint("signs_as IN ('head', 'deputy')", name=op.f("ck_award_acts_signs_as_known")),
        sa.CheckConstraint("reasons <> ''", name=op.f("ck_award_acts_reasoned")),
        sa.CheckConstraint("(pair IS NULL) = (side IS NULL)", name=op.f("ck_award_acts_side_whole")),
        sa.CheckConstraint("signed_on IS NULL OR declined_by IS NULL", name=op.f("ck_award_acts_signed_or_declined")),
        sa.CheckConstraint(
            "(number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (numbered_on IS NULL)"
            " AND (number IS NULL) = (numbered_by IS NULL)",
            name=op.f("ck_award_acts_number_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nominations.id"], name=op.f("fk_award_acts_nomination_id_nominations")
        ),
        sa.ForeignKeyConstraint(["body_unit_id"], ["units.id"], name=op.f("fk_award_acts_body_unit_id_units")),
        sa.ForeignKeyConstraint(["document_sha"], ["files.sha256"], name=op.f("fk_award_acts_document_sha_files")),
        sa.ForeignKeyConstraint(["signed_file"], ["files.sha256"], name=op.f("fk_award_acts_signed_file_files")),
        *(sa.ForeignKeyConstraint([name], ["people.id"], name=op.f(f"fk_award_acts_{name}_people")) for name in PEOPLE),
        sa.ForeignKeyConstraint(
            ["nomination_id", "signer_id", "pair", "side"],
            ["participations.nomination_id", "participations.person_id", "participations.pair", "participations.side"],
            name=op.f("fk_award_acts_nomination_id_signer_id_pair_side_participations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_acts")),
    )
    op.create_index(op.f("ix_award_acts_nomination_id"), "award_acts", ["nomination_id"])
    for name in FILLED:
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(op.f(f"ix_award_acts_{name}"), "award_acts", [name], sqlite_where=there, postgresql_where=there)
    _unique("uq_award_acts_number", "kind <> 'central_annulment'", "body_unit_id", "series", "number_year", "number")
    _unique(
        "uq_award_acts_waiting", "kind = 'correction' AND signed_on IS NULL AND declined_by IS NULL", "nomination_id"
    )
    op.create_table(
        "certificate_copies",
        sa.Column("check_code", sa.Text(), nullable=False),
        sa.Column("award_id", Id, nullable=False),
        sa.Column("copy_no", sa.Integer(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("copy_no > 0", name=op.f("ck_certificate_copies_copy_no_positive")),
        sa.ForeignKeyConstraint(["award_id"], ["awards.id"], name=op.f("fk_certificate_copies_award_id_awards")),
        sa.PrimaryKeyConstraint("check_code", name=op.f("pk_certificate_copies")),
    )
    op.create_index(op.f("ix_certificate_copies_award_id"), "certificate_copies", ["award_id"])
    op.add_column("awards", sa.Column("bonus_vnd", Id))
    op.add_column("nominations", sa.Column("aftermath", Json))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("nominations", "aftermath")
    op.drop_column("awards", "bonus_vnd")
    op.drop_table("certificate_copies")
    op.drop_table("award_acts")


def _unique(name: str, condition: str, *columns: str) -> None:
    on = sa.text(condition)
    op.create_index(name, "award_acts", list(columns), unique=True, sqlite_where=on, postgresql_where=on)
