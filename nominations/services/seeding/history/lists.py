"""A list that a commune's officer brought in: no draft made yet, a row to mend, one that may mean somebody known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from nominations.services.draft_lists import Brought, Wanted, bring_in
from nominations.services.log import Origin
from nominations.services.seeding.history.player import Player, Script, at
from nominations.services.units import unit_on

DAY, OFFICER, COMMUNE = date(2025, 5, 30), "lap.antrung", "21613"
NAME = "Danh sách hộ thôn 3, thôn 5"
ROWS = (
    ("Họ tên", "Năm sinh", "Địa chỉ", "Thành tích"),
    ("Đinh Văn Krê", "1974", "Thôn 3", "Nuôi bò sinh sản, giúp ba hộ trong thôn vay vốn và giống."),
    ("Đinh Thị Nhớ", "1981", "Thôn 3", "Trồng keo, nhận năm lao động của hộ nghèo làm thường xuyên."),
    ("Đinh Văn Thuôn", "năm 1979", "Thôn 5", "Cho bốn hộ mượn ruộng và trâu cày trong hai năm."),
    ("Đinh Thị Xá", "1986", "Thôn 5", "Dạy đan lát cho mười phụ nữ của hộ cận nghèo."),
)


def lists_of(player: Player) -> Iterator[tuple[datetime, Script]]:
    """The list on its day, by the officer whose commune it is of."""
    yield at(DAY, 14), _brought_in(player)


def _brought_in(player: Player) -> Script:
    unit = unit_on(player.session, COMMUNE, player.clock.today())
    if unit is None:
        raise LookupError(COMMUNE)
    actor = player.actor(OFFICER)
    wanted = Wanted(unit.id, "2025-tong-ket", "BK-TINH", ("household",))
    brought = Brought(name=NAME, pasted="\n".join("\t".join(row) for row in ROWS))
    bring_in(player.session, actor, player.clock, Origin(actor=actor.ref, auth="password"), wanted, brought, ())
    yield from ()
