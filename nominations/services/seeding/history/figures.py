"""Poverty figures for the demonstration: the province, its poor district and its communes, each marked as invented.

One figure is real: An Lão at the end of 2022, as its own programme reported it [S-25].
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from nominations.clock import Clock
from nominations.models.units import PovertyFigure
from nominations.services.log import record
from nominations.services.seeding.reference import SYSTEM
from nominations.services.units import unit_on
from nominations.transactions import transactional

STANDARD = "2022-2025"
INVENTED = "[practice] hư cấu, dựng cho bản trình diễn"
YEARS = (2021, 2022, 2023, 2024)
_DAY = date(2021, 1, 1)


class Counted(NamedTuple):
    """Households, poor and near-poor ones."""

    households: int
    poor: int
    near_poor: int


DISTRICT = "542"
FIGURES: dict[str, tuple[Counted, ...]] = {
    DISTRICT: (
        Counted(9410, 3305, 1417),
        Counted(9493, 2829, 1298),
        Counted(9560, 2254, 1181),
        Counted(9633, 1690, 996),
    ),
    # An Hưng falls by exactly 50 % from 2021 to 2024: criterion 1.3.5 is not met; a household fewer and it is.
    "21610": (Counted(602, 300, 112), Counted(609, 258, 99), Counted(615, 204, 81), Counted(620, 141, 65)),
    "21613": (Counted(874, 322, 114), Counted(880, 262, 104), Counted(889, 190, 88), Counted(897, 121, 69)),
    "21616": (Counted(701, 295, 91), Counted(706, 247, 88), Counted(712, 193, 80), Counted(718, 139, 70)),
    "21619": (Counted(668, 301, 97), Counted(672, 250, 90), Counted(680, 189, 79), Counted(688, 130, 68)),
    "21622": (Counted(279, 121, 31), Counted(281, 104, 29), Counted(284, 85, 27), Counted(287, 62, 24)),
    "21631": (Counted(412, 177, 48), Counted(417, 149, 46), Counted(420, 117, 41), Counted(425, 82, 36)),
    "21634": (Counted(305, 139, 40), Counted(309, 117, 38), Counted(312, 93, 33), Counted(316, 66, 29)),
}
REAL = {(DISTRICT, 2022): "[S-25]"}
PROVINCE = "52"
OF_THE_PROVINCE: dict[str, tuple[Counted, ...]] = {
    "all": (
        Counted(436200, 22310, 19565),
        Counted(439100, 18004, 16686),
        Counted(441900, 14140, 13257),
        Counted(444300, 10219, 9775),
    ),
    "ethnic_minority": (
        Counted(12140, 5342, 1966),
        Counted(12215, 4886, 1894),
        Counted(12304, 4319, 1808),
        Counted(12377, 3806, 1756),
    ),
}
PRELIMINARY = {("ethnic_minority", 2024)}  # not recognised yet when the demonstration opens


@transactional
def add_figures(session: Session, clock: Clock, year: int) -> int:
    """Store the figures of one year's end, as its decision recognised them; how many."""
    rows = []
    for code, counted in FIGURES.items():
        unit = unit_on(session, code, _DAY)
        figure = counted[YEARS.index(year)]
        source = REAL.get((code, year))
        rows.append(
            {
                "unit_id": unit.id if unit is not None else None,
                "year": year,
                "series": "all",
                "standard": STANDARD,
                **figure._asdict(),
                "status": "official",
                "decision_ref": None if source else f"Quyết định công nhận kết quả rà soát năm {year} (trình diễn)",
                "source": source or INVENTED,
                "invented": source is None,
            }
        )
    rows += _of_the_province(session, year)
    session.execute(insert(PovertyFigure), rows)
    said = {"year": year, "series": "all", "standard": STANDARD, "figures": len(rows)}
    record(session, clock.now(), "units", "add_figures", SYSTEM, said)
    return len(rows)


def _of_the_province(session: Session, year: int) -> list[dict[str, Any]]:
    """The province's own figures, all households and those of ethnic minorities."""
    unit = unit_on(session, PROVINCE, _DAY)
    rows = []
    for series, counted in OF_THE_PROVINCE.items():
        preliminary = (series, year) in PRELIMINARY
        recognised = f"Quyết định công nhận kết quả rà soát năm {year} (trình diễn)"
        rows.append(
            {
                "unit_id": unit.id if unit is not None else None,
                "year": year,
                "series": series,
                "standard": STANDARD,
                **counted[YEARS.index(year)]._asdict(),
                "status": "preliminary" if preliminary else "official",
                "decision_ref": None if preliminary else recognised,
                "source": INVENTED,
                "invented": True,
            }
        )
    return rows
