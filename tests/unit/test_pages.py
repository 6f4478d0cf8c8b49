"""The page-checking client itself: what it calls a fault, and how it fills in a form."""

from typing import cast

import pytest
from flask import Flask, request

from tests.markup import page_faults
from tests.pages import Page, PageClient

GOOD = """<!doctype html>
<html lang="vi">
<head><title>Hồ sơ</title></head>
<body>
<h1>Hồ sơ</h1>
<form method="post" action="/save">
<input type="hidden" name="csrf_token" value="token">
<label for="name">Tên</label> <input id="name" name="name" value="Trần Văn Mẫu">
<label>Loại <select name="kind"><option value="a">A</option><option value="b" selected>B</option></select></label>
<label><input type="checkbox" name="agree" checked> Đồng ý</label>
<label>Lý do <textarea name="reason">đủ</textarea></label>
<button name="action" value="send">Trình</button>
<button name="action" value="keep" formaction="/keep">Lưu</button>
</form>
</body>
</html>"""


def test_a_good_page_has_no_faults() -> None:
    assert page_faults(GOOD) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("<h1>Hồ sơ</h1>", "", "0 elements h1"),
        ("<h1>", "<h1></h1><h1>", "2 elements h1"),
        ("<title>Hồ sơ</title>", "<title> </title>", "no title"),
        (' lang="vi"', "", "no language"),
        ("<!doctype html>", "", "line 2: expected-doctype-but-got-start-tag"),
        ("</form>", "</div></form>", "line 14: unexpected-end-tag"),
        ("<h1>", '<h1 id="name">', "id 'name' is used 2 times"),
        (' for="name"', "", '<input id="name" name="name"> has no label'),
        (' for="name"', ' for="other"', "for names 'other'"),
        (' value="token"', "", '<form action="/save"> has no token'),
        ("<h1>", '<h1 style="color: red">', "<h1> is inline"),
        ("<h1>", "<script>alert(1)</script><h1>", "<script> is inline"),
        ("<h1>", '<h1 onclick="go()">', "<h1> has onclick"),
        ("<h1>", '<img src="/a.png"><h1>', '<img src="/a.png"> has no alt'),
        ("Lưu", "", '<button name="action"> says nothing'),
        ("<h1>", '<h1 aria-describedby="hint">', "aria-describedby names 'hint'"),
    ],
)
def test_each_fault_is_found(before: str, after: str, fault: str) -> None:
    assert before in GOOD
    assert any(fault in found for found in page_faults(GOOD.replace(before, after)))


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    form = Page("/form", GOOD).form("Trình")
    assert form.action == "/save"
    assert form.values == {
        "csrf_token": ["token"],
        "name": ["Trần Văn Mẫu"],
        "kind": ["b"],
        "agree": ["on"],
        "reason": ["đủ"],
        "action": ["send"],
    }
    assert Page("/form", GOOD).form("Lưu").action == "/keep"


@pytest.fixture
def toy_client() -> PageClient:
    """Return a client of a service with a good page, a bad one, and a form that answers what it got."""
    app = Flask(__name__)
    app.test_client_class = PageClient
    app.add_url_rule("/good", view_func=lambda: GOOD, endpoint="good")
    app.add_url_rule("/bad", view_func=lambda: GOOD.replace("h1", "h2"), endpoint="bad")
    app.add_url_rule("/save", view_func=lambda: dict(request.form.lists()), endpoint="save", methods=["POST"])
    return cast("PageClient", app.test_client())


def test_fetching_a_broken_page_fails_the_test(toy_client: PageClient) -> None:
    assert toy_client.page("/good").texts("h1") == ["Hồ sơ"]
    with pytest.raises(AssertionError, match="/bad: 0 elements h1"):
        toy_client.get("/bad")


def test_a_form_is_filled_in_and_sent(toy_client: PageClient) -> None:
    answer = toy_client.submit("/good", "Trình", name="Lê Thị Mẫu", kind="a")
    assert answer.json is not None
    assert (answer.json["name"], answer.json["kind"], answer.json["reason"]) == (["Lê Thị Mẫu"], ["a"], ["đủ"])


def test_what_the_page_does_not_show_cannot_be_used(toy_client: PageClient) -> None:
    with pytest.raises(AssertionError, match="has no field"):
        toy_client.submit("/good", "Trình", amount="1")
    with pytest.raises(AssertionError, match="has 0 buttons 'Xóa'"):
        toy_client.submit("/good", "Xóa")
