"""Reports on the movement by the API: whose they are, and the compiled figures for who reads all of them."""

from datetime import date

from nominations.queries.actors import viewer
from nominations.services.log import Origin
from nominations.services.movement_reports import Key, Written, submit_report
from tests.integration.api.client import ApiWorld
from tests.world import SHA

WHOLE = Written(
    seen=0, words={"organising": "Đã phát động.", "results": "Đã giúp 12 hộ."}, figures={"households_helped": "12"},
    number="45", dated_on="04/11/2024", signer="Nguyễn Văn Ký", contact="Lê Thị Mẫu", signed_file=SHA,
)  # fmt: skip


def test_reports_are_listed_for_whose_they_are_and_compiled_for_the_board(world: ApiWorld) -> None:
    with world.on(date(2024, 11, 4)):
        mine = viewer(world.session, world.people["nominator.sgt"], world.clock.today())
        assert mine is not None
        key = Key("yearly", 2024, world.units["SGT"])
        submit_report(world.session, mine, world.clock, Origin(actor="tests"), key, WHOLE)
        own = {
            (one["kind"], one["year"]): one for one in world.caller("nominator.sgt").get("/reports").get_json()["items"]
        }
        [line] = own["yearly", 2024]["bodies"]
        assert (line["code"], line["told"]["standing"], own["yearly", 2024]["last"]) == (
            "SGT",
            "submitted",
            "2024-11-14",
        )
        board = world.caller("appraiser.snv")
        every = {one["year"]: one["bodies"] for one in board.get("/reports").get_json()["items"]}
        assert {one["code"] for one in every[2024]} == {"SGT", "SNV", "542"}
        figures = board.get("/reports/yearly/2024").get_json()
        assert figures["sums"]["reported"] == 1
        assert figures["typed"] == {"households_helped": 12}
        assert world.caller("nominator.sgt").get("/reports/yearly/2024").status_code == 404
        for wrong in ("yearly/1999", "yearly/x", "monthly/2024"):
            assert board.get(f"/reports/{wrong}").status_code == 404
