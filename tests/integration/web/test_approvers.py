"""The inbox and the file's page, as each of those who check, vote, sign and number sees them."""

from collections.abc import Callable

import pytest

from tests.pages import PageClient
from tests.world import World

Browse = Callable[[str], PageClient]


@pytest.fixture(scope="module")
def submitted(province: World) -> str:
    """A household's file that waits for intake at its commune."""
    code = province.draft(name="Hộ ông Đinh Văn Chờ")
    province.do("nominator.xa", code, "submit")
    return code


def test_the_inbox_shows_what_waits_with_its_step_and_its_day(browse: Browse, submitted: str) -> None:
    page = browse("appraiser.xa").page("/viec")
    row = next(text for text in page.texts("tbody tr") if submitted in text)
    assert "Hộ ông Đinh Văn Chờ" in row
    assert "Tiếp nhận" in row
    assert "Ngày" in row or "/" in row


@pytest.mark.parametrize("who", ["appraiser.xa", "nominator.xa", "head.xa", "member1.xa"])
def test_everybody_in_scope_reads_the_file(browse: Browse, submitted: str, who: str) -> None:
    page = browse(who).page(f"/ho-so/{submitted}")
    assert page.texts("h1") == ["Hộ ông Đinh Văn Chờ"]


@pytest.mark.parametrize("who", ["appraiser.xa2", "appraiser.sgt", "office.tinh"])
def test_a_file_of_another_scope_is_not_there(browse: Browse, submitted: str, who: str) -> None:
    browse(who).page(f"/ho-so/{submitted}", 404)
