"""A second file of the same nominee, on the page before it is sent."""

from collections.abc import Callable

from tests.pages import PageClient
from tests.world import World


def test_the_page_names_the_first_file_and_offers_no_button(browse: Callable[[str], PageClient], world: World) -> None:
    first, second = world.draft(), world.draft()
    world.same_person(first, second)
    client = browse("nominator.xa")
    form = client.page(f"/ho-so/{second}/nop").form("Nộp hồ sơ")
    world.do("nominator.xa", first, "submit")
    late = client.post(f"/ho-so/{second}/nop", data=form.values)
    assert late.status_code == 409
    assert f"đã có hồ sơ {first} cùng hình thức" in late.text
    after = client.page(f"/ho-so/{second}/nop")
    assert f"đã có hồ sơ {first} cùng hình thức" in after.text
    assert len(after.texts('#send[aria-disabled="true"]')) == 1
