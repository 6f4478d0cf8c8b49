"""Units and people."""

import sqlalchemy as sa
from alembic import op

from nominations.models.base import ExactDecimal, Id, Json, SortedText, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and their indexes."""
    op.create_table(
        "units",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", SortedText(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent_id", Id),
        sa.Column("path", SortedText(), nullable=False),
        sa.Column("protocol_order", sa.Integer(), nullable=False),
        sa.Column("poor_district", sa.Boolean(), nullable=False),
        sa.Column("area_class", sa.Text()),
        sa.Column("poverty_function", sa.Boolean(), nullable=False),
        sa.Column("ministry_line", sa.Boolean(), nullable=False),
        sa.Column("bloc", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("area_class IN ('I', 'II', 'III')", name=op.f("ck_units_area_class_known")),
        sa.CheckConstraint(
            "kind IN ('province', 'city', 'town', 'district', 'ward', 'township', 'commune', 'department',"
            " 'mass_organisation', 'enterprise', 'cooperative', 'central_agency', 'board', 'office',"
            " 'district_office', 'party')",
            name=op.f("ck_units_kind_known"),
        ),
        sa.CheckConstraint("level IN ('province', 'district', 'commune', 'unit')", name=op.f("ck_units_level_known")),
        sa.CheckConstraint("protocol_order >= 0", name=op.f("ck_units_protocol_order_not_negative")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_units_valid_to_in_order")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_units_code_valid_from")),
    )
    op.create_index(op.f("ix_units_name_folded"), "units", ["name_folded"])
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"])
    op.create_index(op.f("ix_units_path"), "units", ["path"])
    op.create_table(
        "unit_successions",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("old_unit_id", Id, nullable=False),
        sa.Column("new_unit_id", Id),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("share", ExactDecimal(7, 6)),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("new_unit_id <> old_unit_id", name=op.f("ck_unit_successions_another_unit")),
        sa.CheckConstraint("share > 0 AND share <= 1", name=op.f("ck_unit_successions_share_is_a_part")),
        sa.ForeignKeyConstraint(["new_unit_id"], ["units.id"], name=op.f("fk_unit_successions_new_unit_id_units")),
        sa.ForeignKeyConstraint(["old_unit_id"], ["units.id"], name=op.f("fk_unit_successions_old_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_successions")),
    )
    op.create_index(op.f("ix_unit_successions_new_unit_id"), "unit_successions", ["new_unit_id"])
    op.create_index(op.f("ix_unit_successions_old_unit_id"), "unit_successions", ["old_unit_id"])
    op.create_table(
        "poverty_figures",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("households", sa.Integer()),
        sa.Column("poor", sa.Integer()),
        sa.Column("near_poor", sa.Integer()),
        sa.Column("rate", ExactDecimal(5, 2)),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decision_ref", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint("series IN ('all', 'ethnic_minority')", name=op.f("ck_poverty_figures_series_known")),
        sa.CheckConstraint("status IN ('preliminary', 'official')", name=op.f("ck_poverty_figures_status_known")),
        sa.CheckConstraint(
            "coalesce(rate, households, poor) IS NOT NULL", name=op.f("ck_poverty_figures_says_something")
        ),
        sa.CheckConstraint("households >= 0", name=op.f("ck_poverty_figures_households_not_negative")),
        sa.CheckConstraint("near_poor >= 0", name=op.f("ck_poverty_figures_near_poor_not_negative")),
        sa.CheckConstraint("poor + near_poor <= households", name=op.f("ck_poverty_figures_within_households")),
        sa.CheckConstraint("poor >= 0", name=op.f("ck_poverty_figures_poor_not_negative")),
        sa.CheckConstraint("rate >= 0 AND rate <= 100", name=op.f("ck_poverty_figures_rate_is_percent")),
        sa.CheckConstraint("year BETWEEN 1990 AND 2100", name=op.f("ck_poverty_figures_year_likely")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_poverty_figures_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poverty_figures")),
        sa.UniqueConstraint(
            "unit_id", "year", "series", "standard", name=op.f("uq_poverty_figures_unit_id_year_series_standard")
        ),
    )
    op.create_table(
        "people",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("name_folded", SortedText(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("locale IN ('vi', 'en')", name=op.f("ck_people_locale_known")),
        sa.CheckConstraint("username = lower(username) AND username <> ''", name=op.f("ck_people_username_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("ref", name=op.f("uq_people_ref")),
        sa.UniqueConstraint("username", name=op.f("uq_people_username")),
    )
    op.create_index(op.f("ix_people_name_folded"), "people", ["name_folded"])
    op.create_table(
        "posts",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint(
            "duty IN ('nominator', 'appraiser', 'secretary', 'head', 'deputy', 'office', 'clerk', 'asked_body',"
            " 'supervisor', 'auditor', 'admin')",
            name=op.f("ck_posts_duty_known"),
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_posts_valid_to_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_posts_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint(
            "person_id", "unit_id", "duty", "valid_from", name=op.f("uq_posts_person_id_unit_id_duty_valid_from")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_posts_ref")),
    )
    op.create_index(op.f("ix_posts_person_id"), "posts", ["person_id"])
    op.create_index(op.f("ix_posts_unit_id_duty"), "posts", ["unit_id", "duty"])
    op.create_table(
        "councils",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_councils_valid_to_in_order")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_councils_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_councils")),
    )
    op.create_index(op.f("ix_councils_unit_id"), "councils", ["unit_id"])
    op.create_table(
        "council_seats",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("council_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.CheckConstraint(
            "role IN ('chair', 'vice_chair', 'standing', 'member', 'secretary')",
            name=op.f("ck_council_seats_role_known"),
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_council_seats_valid_to_in_order")),
        sa.ForeignKeyConstraint(["council_id"], ["councils.id"], name=op.f("fk_council_seats_council_id_councils")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_council_seats_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seats")),
        sa.UniqueConstraint(
            "council_id", "person_id", "valid_from", name=op.f("uq_council_seats_council_id_person_id_valid_from")
        ),
    )
    op.create_index(op.f("ix_council_seats_person_id"), "council_seats", ["person_id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", Id, sa.Identity(always=False), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime()),
        sa.Column("last_used_on", sa.Date()),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_api_tokens_expires_later")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_api_tokens_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_tokens_token_hash")),
    )
    op.create_index(op.f("ix_api_tokens_person_id"), "api_tokens", ["person_id"])
    op.create_table(
        "sign_in_delays",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_sign_in_delays_failures_not_negative")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_delays")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sign_in_delays")
    op.drop_table("api_tokens")
    op.drop_table("council_seats")
    op.drop_table("councils")
    op.drop_table("posts")
    op.drop_table("people")
    op.drop_table("poverty_figures")
    op.drop_table("unit_successions")
    op.drop_table("units")
