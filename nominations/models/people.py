"""Persons with accounts, the posts they hold for a period, council seats, tokens, and delays at sign-in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nominations.models.base import (
    Base,
    PrimaryId,
    Sha256,
    SortedText,
    in_order,
    new_ref,
    not_negative,
    one_of,
)

DUTIES = (
    "nominator", "appraiser", "secretary", "head", "deputy", "office", "clerk", "asked_body", "supervisor",
    "auditor", "admin",
)  # fmt: skip
DELEGATED = ("TL", "TUQ", "cover")
"""How a duty is done for another: by order of the head, by the head's authorisation, or a colleague's work."""
SEATS = ("chair", "vice_chair", "standing", "member", "secretary")
LOCALES = ("vi", "en")


class Person(Base):
    """Somebody with an account, switched off but never deleted; the log knows them by the random ``ref``."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("username = lower(username) AND username <> ''", name="username_lower"),
        Index(None, "name_folded"),
        one_of("locale", LOCALES),
    )

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    full_name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(SortedText())
    email: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="vi")
    demo: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    posts: Mapped[list[Post]] = relationship(back_populates="person", order_by="Post.id", lazy="raise")


class Post(Base):
    """A person's duty at a unit for a period (nhiệm vụ); several at once; ``valid_to`` is the last day."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("person_id", "unit_id", "duty", "valid_from"),
        Index(None, "unit_id", "duty"),
        one_of("duty", DUTIES),
        in_order("valid_from", "valid_to"),
    )

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    duty: Mapped[str]
    title: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="posts", lazy="raise")


class Delegation(Base):
    """Somebody does for a period what another's post is for: the paper it rests on, and nothing handed on from it.

    ``kind``: TL (thừa lệnh) and TUQ (thừa ủy quyền) of a head, ``cover`` (làm thay) of a specialist. ``title`` is the
    receiver's office as papers print it, ``forms`` the award forms it reaches, None for all. It counts while the
    giver holds the post; ``ended_on`` is the last day where it was ended before ``valid_to``.
    """

    __tablename__ = "delegations"
    __table_args__ = (
        one_of("kind", DELEGATED),
        in_order("valid_from", "valid_to"),
        CheckConstraint("ended_on < valid_to", name="ended_on_before"),
        CheckConstraint("document <> ''", name="document_given"),
    )

    id: Mapped[PrimaryId]
    ref: Mapped[str] = mapped_column(String(32), unique=True, default=new_ref)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    forms: Mapped[list[Any] | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    document: Mapped[str]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]


class Council(Base):
    """A unit's emulation and commendation council (Hội đồng Thi đua - Khen thưởng) for a period."""

    __tablename__ = "councils"
    __table_args__ = (in_order("valid_from", "valid_to"),)

    id: Mapped[PrimaryId]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    seats: Mapped[list[CouncilSeat]] = relationship(back_populates="council", order_by="CouncilSeat.id", lazy="raise")


class CouncilSeat(Base):
    """A person's seat in a council for a period; nobody sits twice in one council at a time."""

    __tablename__ = "council_seats"
    __table_args__ = (
        UniqueConstraint("council_id", "person_id", "valid_from"),
        one_of("role", SEATS),
        in_order("valid_from", "valid_to"),
    )

    id: Mapped[PrimaryId]
    council_id: Mapped[int] = mapped_column(ForeignKey("councils.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    council: Mapped[Council] = relationship(back_populates="seats", lazy="raise")


class ApiToken(Base):
    """A person's key to the API: only its SHA-256 is kept, ``scopes`` is a list of words."""

    __tablename__ = "api_tokens"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_later"),)

    id: Mapped[PrimaryId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[Sha256] = mapped_column(unique=True)
    scopes: Mapped[list[Any]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_on: Mapped[date | None]


class SignInDelay(Base):
    """Failed sign-ins of one account or one address (``key``), from which the growing delay is reckoned."""

    __tablename__ = "sign_in_delays"
    __table_args__ = (*not_negative("failures"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
