"""The calculators of bonus and working days: page and call say the same, cell by cell; wrong input is told."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from nominations.clock import FixedClock
from nominations.queries.calculators import bonus, every_bonus
from nominations.services.legal_values import NewValue, add_value
from nominations.services.log import Origin
from tests.bonus_cells import CELLS, KINDS, PERIODS
from tests.integration.api.client import hold_against_document
from tests.pages import Page, PageClient
from workflows.bonus import Bonus

TEMPLATE = "reference"
AT = ("/tools", "/api/v1/tools")
GOOD_BONUS = {"form": "BK-TINH", "kind": "household", "decided_on": "2024-12-31"}
GOOD_DEADLINE = {"complete_on": "2024-03-01", "working_days": "10"}


def asked(app: Flask, tool: str, given: dict[str, str], status: int = 200, lang: str = "vi", at: str = AT[0]) -> Any:
    answer = app.test_client().get(f"{at}/{tool}?{urlencode(given)}", headers={"Accept-Language": lang})
    hold_against_document(app, answer)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"


@pytest.mark.parametrize("at", AT)
def test_the_bonus_carries_its_factors_and_their_ground(app: Flask, at: str) -> None:
    said = asked(app, "bonus", GOOD_BONUS, at=at)
    assert set(said) == {"amount_vnd", "coefficient", "base_salary_vnd", "multiplier", "basis"}
    assert (said["amount_vnd"], said["base_salary_vnd"]) == (5_270_000, 2_340_000)
    assert (said["coefficient"], said["multiplier"]) == ("1.5", "1.5")
    assert "[S-64]" in said["basis"]
    assert "[[" not in said["basis"]


def test_every_cell_is_the_same_on_its_first_and_last_day(session: Session) -> None:
    for first, last, form, kind, amount in CELLS:
        for day in (first, last or date(2026, 11, 27)):
            found = bonus(session, form, kind, day)
            assert (found.amount_vnd if isinstance(found, Bonus) else None) == amount, (form, kind, day)


def test_a_cell_without_a_figure_is_manual_and_says_why(app: Flask) -> None:
    for _, _, form, kind, amount in CELLS[-18:]:
        said = asked(app, "bonus", {"form": form, "kind": kind, "decided_on": "2026-11-27"})
        if amount is None:
            assert set(said) == {"manual", "why"}
            assert said["manual"] is True
            assert "nhập số tiền bằng tay kèm lý do" in said["why"]
        else:
            assert said["amount_vnd"] == amount


def test_too_many_questions_are_told_to_wait(app: Flask) -> None:
    client = app.test_client()
    answers = [client.get(f"/tools/bonus?{urlencode(GOOD_BONUS)}") for _ in range(70)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert answers[-1].headers["Retry-After"]


def test_before_the_first_salary_it_is_manual_and_the_day_before_is_another_cell(app: Flask) -> None:
    said = asked(app, "bonus", GOOD_BONUS | {"decided_on": "2019-06-30", "kind": "individual"}, lang="en")
    assert said["manual"] is True
    assert "base salary for 30/06/2019" in said["why"]


DECREES = {"R1": "Nghị định 91/2017", "R2": "Nghị định 98/2023", "R3": "Nghị định 152/2025"}


def test_the_ground_on_the_page_is_said_in_words(client: PageClient) -> None:
    said = client.page("/cong-cu/tien-thuong?form=BK-TINH&kind=household&decided_on=31/12/2024").texts("main dl")[0]
    assert "Hộ gia đình 1.5" in said
    assert "Nghị định 98/2023" in said
    assert [code for code in ("household", "R2", "BK-TINH") if code in said] == []


def test_the_page_prints_every_cell(client: PageClient) -> None:
    page = client.page("/cong-cu/tien-thuong")
    printed = 0
    for (rules, first, _last), forms in PERIODS.items():
        table = f"#bonus-{first.isoformat()}"
        assert DECREES[rules] in page.texts(f"{table} caption")[0]
        shown = page.texts(f"{table} td .cell")
        found = [tuple(shown[row : row + len(KINDS)]) for row in range(0, len(shown), len(KINDS))]
        wanted = [
            tuple("nhập tay" if cell is None else money(cell) for cell in row) for _, row in sorted(forms.items())
        ]
        assert found == wanted
        printed += len(shown)
    assert printed == len(CELLS) == 90
    assert len(page.texts("table")) == len(PERIODS)


def test_a_figure_an_administrator_adds_is_a_period_of_its_own(session: Session, clock: FixedClock) -> None:
    session.rollback()
    before = every_bonus(session)
    origin = Origin(actor="tests", auth="cli")
    add_value(session, clock, origin, NewValue("base_salary", "", date(2099, 7, 1), "2530000", "[practice]"))
    after = every_bonus(session)
    assert [period.valid_from for period in after] == [*(p.valid_from for p in before), date(2099, 7, 1)]
    assert after[-2].valid_to == date(2099, 6, 30)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"form": ""}, "form"),
        ({"form": "BK"}, "form"),
        ({"form": "<script>"}, "form"),
        ({"kind": "unit"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"decided_on": "31/12/2024"}, "decided_on"),
        ({"decided_on": "2024-02-30"}, "decided_on"),
        ({"decided_on": ""}, "decided_on"),
        ({"issuer": "x"}, "issuer"),
    ],
)
def test_a_wrong_question_about_money_is_422_at_the_field(app: Flask, change: dict[str, str], field: str) -> None:
    problem = asked(app, "bonus", GOOD_BONUS | change, 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert asked(app, "bonus", {}, 422)["errors"][0]["message"]


def test_the_deadline_of_the_contract(app: Flask) -> None:
    said = asked(app, "deadline", GOOD_DEADLINE)
    assert said["due_on"] == "2024-03-15"
    assert [day["on"] for day in said["skipped"]] == ["2024-03-02", "2024-03-03", "2024-03-09", "2024-03-10"]
    assert said["skipped"][0]["why"] == "Thứ Bảy"
    assert said["extra"] == []
    assert "unknown_years" not in said


def test_tet_is_skipped_and_a_swapped_saturday_counts(app: Flask) -> None:
    tet = asked(app, "deadline", {"complete_on": "2024-02-07", "working_days": "1"}, lang="en")
    assert tet["due_on"] == "2024-02-15"
    assert [day["on"] for day in tet["skipped"]] == [f"2024-02-{day:02}" for day in range(8, 15)]
    swapped = asked(app, "deadline", {"complete_on": "2024-04-26", "working_days": "3"})
    assert [day["on"] for day in swapped["extra"]] == ["2024-05-04"]
    assert swapped["due_on"] == "2024-05-04"


def test_a_year_without_a_calendar_is_named(app: Flask) -> None:
    assert asked(app, "deadline", {"complete_on": "2031-03-03", "working_days": "5"})["unknown_years"] == [2031]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"complete_on": ""}, "complete_on"),
        ({"complete_on": "9999-12-31"}, "complete_on"),
        ({"complete_on": "2024-13-01"}, "complete_on"),
        ({"working_days": ""}, "working_days"),
        ({"working_days": "-1"}, "working_days"),
        ({"working_days": "1.5"}, "working_days"),
        ({"working_days": "3661"}, "working_days"),
        ({"working_days": "9" * 40}, "working_days"),
        ({"pauses": "1"}, "pauses"),
    ],
)
def test_a_wrong_question_about_days_is_422_at_the_field(app: Flask, change: dict[str, str], field: str) -> None:
    problem = asked(app, "deadline", GOOD_DEADLINE | change, 422)
    assert [error["field"] for error in problem["errors"]] == [field]


def shown(client: PageClient, tool: str, status: int = 200, **given: str) -> Page:
    return client.page(f"/cong-cu/{tool}?{urlencode(given)}", status)


def test_the_pages_lead_to_each_other_and_say_what_the_calls_say(app: Flask, client: PageClient) -> None:
    for address in ("/cong-cu", "/cong-cu/tien-thuong", "/cong-cu/thoi-han"):
        assert client.page(address).texts(".tabs a") == ["Tiêu chí", "Tiền thưởng", "Hạn ngày làm việc"]
    page = shown(client, "tien-thuong", form="BK-TINH", kind="household", decided_on="31/12/2024")
    assert page.texts("#answer dd")[0] == money(asked(app, "bonus", GOOD_BONUS)["amount_vnd"])
    manual = shown(client, "tien-thuong", form="GK-HUYEN", kind="individual", decided_on="01/07/2025")
    why = asked(app, "bonus", {"form": "GK-HUYEN", "kind": "individual", "decided_on": "2025-07-01"})["why"]
    assert manual.texts("#answer .notice p") == [why]
    page = shown(client, "thoi-han", complete_on="26/04/2024", working_days="3")
    assert page.texts("#answer dd") == ["04/05/2024"]
    assert any("04/05/2024" in line for line in page.texts("#answer li"))
    assert shown(client, "thoi-han", complete_on="03/03/2031", working_days="5").texts("#answer .notice")


@pytest.mark.parametrize(
    ("tool", "given", "field"),
    [
        ("tien-thuong", {"form": "BK", "kind": "household", "decided_on": "31/12/2024"}, "form"),
        ("tien-thuong", {"form": "BK-TINH", "kind": "x", "decided_on": "31/12/2024"}, "kind"),
        ("tien-thuong", {"form": "BK-TINH", "kind": "household", "decided_on": "31/02/2024"}, "decided_on"),
        ("tien-thuong", {"form": "BK-TINH", "kind": "household", "decided_on": ""}, "decided_on"),
        ("thoi-han", {"complete_on": "", "working_days": "3"}, "complete_on"),
        ("thoi-han", {"complete_on": "hôm nay", "working_days": "3"}, "complete_on"),
        ("thoi-han", {"complete_on": "26/04/2024", "working_days": ""}, "working_days"),
        ("thoi-han", {"complete_on": "26/04/2024", "working_days": "ba"}, "working_days"),
        ("thoi-han", {"complete_on": "26/04/2024", "working_days": "-3"}, "working_days"),
        ("thoi-han", {"complete_on": "26/04/2024", "working_days": "99999999999"}, "working_days"),
    ],
)
def test_a_page_keeps_what_was_typed(client: PageClient, tool: str, given: dict[str, str], field: str) -> None:
    page = shown(client, tool, 422, **given)
    assert page.texts(f"#{field}-error")
    assert page.texts("#answer") == []
    for name in {"decided_on", "complete_on", "working_days"} & set(given):
        assert f'value="{given[name]}"' in page.text or not given[name]


def test_the_longest_count_is_answered(app: Flask) -> None:
    said = asked(app, "deadline", {"complete_on": "2024-03-01", "working_days": "3660"})
    assert date.fromisoformat(said["due_on"]) - date(2024, 3, 1) > timedelta(days=3660 * 7 / 5 - 7)
