"""Files in flight on the demonstration: drafted and sent on their way by its own accounts, in June 2025."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from nominations import models
from nominations.clock import FixedClock
from nominations.transactions import write_transaction
from tests.world import PAPER, SHA, World

LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
JUNE = datetime(2025, 6, 9, 2, tzinfo=UTC)
ROUND = "2025-tong-ket"
# Places of the demonstration: what the second part of a user name is, by the names of its duties.
DUTIES = {"lap": "nominator", "tham": "appraiser", "thuky": "secretary", "chutich": "head", "vanthu": "clerk"}
DISTRICTS = {"antrung": "anlao", "anvinh": "anlao", "bongson": "hoainhon", "anlao": "anlao", "hoainhon": "hoainhon"}


class InFlight(World):
    """The demonstration, acted in as the small province of the tests is."""

    @classmethod
    def of(cls, session: Session) -> InFlight:
        """The demonstration as its template has it, on a day of June 2025."""
        people = dict(session.execute(select(models.Person.username, models.Person.id)).all())
        session.rollback()
        with write_transaction(session):
            known = session.scalar(select(models.File.sha256).where(models.File.sha256 == SHA))
            if known is None:
                values = {"sha256": SHA, "size": len(PAPER), "media_type": "application/pdf", "stored_at": JUNE}
                session.execute(insert(models.File).values(values))
        return cls(session, clock=FixedClock(JUNE), people=people)

    def unit_of(self, username: str) -> int:
        """The unit at which the person files on the clock's day."""
        return self.post_unit(username, "nominator")

    def post_unit(self, username: str, duty: str) -> int:
        """The unit at which somebody holds a duty on the clock's day."""
        today = self.clock.today()
        found = self.session.scalar(
            select(models.Post.unit_id).where(
                models.Post.person_id == self.people[username],
                models.Post.duty == duty,
                models.Post.valid_from <= today,
                models.Post.valid_to.is_(None) | (models.Post.valid_to >= today),
            )
        )
        self.session.rollback()
        assert found is not None, (username, duty)
        return found

    def file(self, place: str, form: str = "BK-TINH", *, kind: str = "household") -> str:
        """A file drafted and submitted at a place; the household's name is new each time."""
        name = f"Hộ bà Đinh Thị Chuyển {self.numbers + 1}"
        code = self.draft(by=f"lap.{place}", form=form, round_code=ROUND, name=name, kind=kind)
        self.do(f"lap.{place}", code, "submit")
        return code

    def council(self, code: str, place: str) -> None:
        """Everybody of the council agrees, and its secretary closes the ballot."""
        for name in (f"uv1.{place}", f"uv2.{place}", f"uv3.{place}", f"pct.{place}"):
            self.do(name, code, "ballot", choice="agree")
        self.do(f"thuky.{place}", code, "close_ballot")

    def to(self, code: str, place: str, state: str) -> None:
        """From intake at a place to one of its later steps, or out of it (``sent``)."""
        steps = ("intake", "appraisal", "council", "signature", "number", "sent")
        for step in steps[: steps.index(state)]:
            match step:
                case "intake":
                    self.do(f"tham.{place}", code, "accept", arrival_number="12")
                case "appraisal":
                    self.do(f"tham.{place}", code, "recommend", advice="for", reasons="Đủ điều kiện.")
                case "council":
                    self.council(code, place)
                case "signature":
                    self.do(f"chutich.{place}", code, self.signs(code))
                case _:
                    self.numbers += 1
                    number = f"{900 + self.numbers}"
                    self.do(f"vanthu.{place}", code, "number", number=number, numbered_on=self.clock.today())

    def signs(self, code: str) -> str:
        """What the head does with it here: award what is theirs to award, else send it up."""
        form, stage = self.session.execute(
            select(models.Nomination.form, models.Nomination.stage).where(models.Nomination.code == code)
        ).one()
        self.session.rollback()
        return "award" if (form, stage) in {("GK-XA", "commune"), ("GK-HUYEN", "district")} else "send_up"

    def back(self, username: str, code: str, mode: str = "chain") -> None:
        """Somebody returns it with a fault in the report."""
        fault = {"code": "other", "note": "Ghi rõ số hộ đã giúp.", "section": "report"}
        self.do(username, code, "return", mode=mode, sections=["report"], faults=[fault])

    def hold(self, place: str, code: str) -> None:
        """The appraiser proposes to suspend it, the head approves."""
        ground = {"ground": "complaint", "reasons": "Có đơn cần làm rõ.", "review_on": date(2025, 7, 15)}
        self.do(f"tham.{place}", code, "propose_hold", **ground)
        self.do(f"chutich.{place}", code, "hold")


@dataclass(frozen=True)
class Lot:
    """Some files alike: where they were drafted, the form, the district's step they wait at, and what befell them."""

    count: int
    place: str
    step: str
    form: str = "BK-TINH"
    how: str = ""  # returned, direct, held


FORTY = (
    Lot(6, "antrung", "intake"),
    Lot(3, "bongson", "intake"),
    Lot(6, "anvinh", "appraisal"),
    Lot(3, "bongson", "appraisal", "BK-TTG"),
    Lot(3, "antrung", "council"),
    Lot(3, "anvinh", "signature"),
    Lot(2, "bongson", "number"),
    Lot(2, "antrung", "appraisal", how="returned"),
    Lot(2, "anvinh", "appraisal", how="direct"),
    Lot(2, "bongson", "appraisal", how="held"),
    Lot(2, "antrung", "appraisal", "GK-HUYEN"),
    Lot(2, "anvinh", "council", "GK-HUYEN"),
    Lot(1, "bongson", "number", "GK-HUYEN"),
    Lot(2, "anlao", "appraisal"),
    Lot(1, "hoainhon", "signature"),
)
"""Forty files that lie at a district on its last day."""


def forty(world: InFlight) -> Mapping[str, Lot]:
    """Play them; each file's code with what it is."""
    found: dict[str, Lot] = {}
    for lot in FORTY:
        for _ in range(lot.count):
            found[_played(world, lot)] = lot
    return found


def _played(world: InFlight, lot: Lot) -> str:
    world.clock.instant = JUNE  # side by side: each file takes its own two or three days
    code = world.file(lot.place, lot.form)
    district = DISTRICTS[lot.place]
    if lot.place != district:
        world.to(code, lot.place, "sent")
    world.to(code, district, lot.step)
    if lot.how in ("returned", "direct"):
        world.back(f"tham.{district}", code, "chain" if lot.how == "returned" else "direct")
    elif lot.how == "held":
        world.hold(district, code)
    return code
