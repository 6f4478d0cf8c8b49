"""Components one by one: what they say, to whom, and that nothing they are given comes alive."""

from datetime import UTC, date, datetime

import pytest
from jinja2 import Environment
from justhtml import JustHTML
from werkzeug.datastructures import MultiDict

from tests.browser.gallery import SampleForm
from tests.markup import attribute, find
from tests.unit.templates.conftest import Draw

DAY = date(2024, 3, 5)
HOSTILE = '"><script>alert(1)</script>'


def words(document: JustHTML) -> str:
    return " ".join(document.to_text().split())


def test_a_refused_field_is_marked_described_and_linked_from_the_summary(draw: Draw) -> None:
    form = SampleForm(MultiDict({"name": ""}))
    form.validate()
    shown = draw("fields", "text_field", "{{ text_field(form.name) }}", form=form)
    (control,) = find(shown, "input")
    assert attribute(control, "aria-invalid") == "true"
    assert attribute(control, "aria-describedby") == "name-hint name-error"
    assert "Hãy ghi họ và tên." in words(shown)
    summary = draw("forms", "error_summary", "{{ error_summary(form) }}", form=form)
    assert "#name" in [attribute(link, "href") for link in find(summary, "a")]


def test_a_good_field_says_nothing_of_errors(draw: Draw) -> None:
    shown = draw("fields", "text_field", "{{ text_field(form.email) }}", form=SampleForm())
    (control,) = find(shown, "input")
    assert not {"aria-invalid", "aria-describedby", "required"} & set(control.attrs or {})
    assert words(draw("forms", "error_summary", "{{ error_summary(form) }}", form=SampleForm())) == ""


def test_a_date_is_typed_as_it_is_written(draw: Draw) -> None:
    form = SampleForm(MultiDict({"received_on": "05/03/2024"}))
    (control,) = find(draw("fields", "date_field", "{{ date_field(form.received_on) }}", form=form), "input")
    assert (attribute(control, "type"), attribute(control, "value")) == ("text", "05/03/2024")
    assert form.received_on.data == DAY


def test_a_form_carries_token_version_and_request_key(draw: Draw) -> None:
    call = "{% call form_frame('/x', version=7, request_key='k') %}{% endcall %}"
    hidden = find(draw("forms", "form_frame", call), "input")
    assert {attribute(field, "name"): attribute(field, "value") for field in hidden} == {
        "csrf_token": "token",
        "version": "7",
        "request_key": "k",
    }


def test_an_unavailable_button_stays_reachable_and_says_why(draw: Draw) -> None:
    shown = draw(
        "actions", "button", "{{ button('Ký', name='act', value='sign', reason='Chưa tới bước ký.', id='sign') }}"
    )
    (pressed,) = find(shown, "button")
    assert attribute(pressed, "type") == "button"
    assert attribute(pressed, "aria-disabled") == "true"
    assert not {"disabled", "name", "value"} & set(pressed.attrs or {})
    assert find(shown, f"#{attribute(pressed, 'aria-describedby')}")[0].to_text() == "Chưa tới bước ký."


def test_the_panel_shows_every_action_and_why_some_cannot_be_done(draw: Draw) -> None:
    actions = [
        {"code": "submit", "label": "Gửi", "allowed": True, "url": "/go", "method": "post"},
        {
            "code": "sign",
            "label": "Ký",
            "allowed": False,
            "reason": "Hồ sơ chưa tới bước ký.",
            "cleared_by": "Giám đốc.",
        },
    ]
    call = "{{ decision_panel(actions, version=3, request_key='k') }}"
    shown = draw("decisions", "decision_panel", call, actions=actions)
    assert [button.to_text().strip() for button in find(shown, "button")] == ["Gửi", "Ký"]
    assert attribute(find(shown, 'input[name="request_key"]')[0], "value") == "k-submit"
    assert "Hồ sơ chưa tới bước ký. Ai gỡ được: Giám đốc." in words(shown)


def test_a_panel_without_anything_to_do_says_so(draw: Draw) -> None:
    assert "chưa có việc nào" in words(draw("decisions", "decision_panel", "{{ decision_panel([], version=1) }}"))


def test_a_table_names_its_order_and_its_cells(draw: Draw) -> None:
    columns = [
        {"key": "name", "label": "Tên", "header": True, "sort_url": "?s=-name", "sorted": "asc"},
        {"key": "count", "label": "Số", "align": "end"},
    ]
    call = "{{ data_table('t', 'Danh sách', columns, rows, select='codes', select_key='name') }}"
    shown = draw("tables", "data_table", call, columns=columns, rows=[{"name": "Xã Thử", "count": 3}])
    assert [attribute(head, "aria-sort") for head in find(shown, "thead th")] == ["", "ascending", ""]
    assert attribute(find(shown, "tbody th")[0], "scope") == "row"
    assert [attribute(cell, "data-label") for cell in find(shown, "tbody td")] == ["", "Số"]
    assert attribute(find(shown, "input[data-row]")[0], "aria-label") == "Chọn Xã Thử"


def test_a_table_takes_rows_that_are_objects(draw: Draw) -> None:
    shown = draw(
        "tables", "data_table", "{{ data_table('t', 'Ngày', [{'key': 'year', 'label': 'Năm'}], rows) }}", rows=[DAY]
    )
    assert "2024" in words(shown)


def test_an_empty_table_says_what_to_do(draw: Draw) -> None:
    empty = {"title": "Trống", "url": "/new", "action": "Lập"}
    call = "{{ data_table('t', 'Hồ sơ', [{'key': 'a', 'label': 'A'}], [], empty=empty) }}"
    shown = draw("tables", "data_table", call, empty=empty)
    assert find(shown, "table") == []
    assert words(shown) == "Hồ sơ Trống Lập"


def test_pages_are_offered_only_where_there_are_more(draw: Draw) -> None:
    assert find(draw("tables", "pagination", "{{ pagination(shown=3, total='3') }}"), "nav, a") == []
    (link,) = find(draw("tables", "pagination", "{{ pagination(next_url='?after=x') }}"), "a")
    assert (attribute(link, "rel"), link.to_text().strip()) == ("next", "Trang sau")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-3, "Quá hạn 3 ngày (05/03/2024)"),
        (0, "Hết hạn hôm nay"),
        (1, "Còn 1 ngày (05/03/2024)"),
        (None, "Hạn 05/03/2024"),
    ],
)
def test_a_deadline_is_said_in_words(draw: Draw, days: int | None, said: str) -> None:
    assert words(draw("states", "due_badge", "{{ due_badge(day, days) }}", day=DAY, days=days)) == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("draft", "Bản nháp"),
        ("board.appraisal", "Đang thẩm định"),
        ("chairman.check", "Đang thẩm tra"),
        ("commune.intake.returned", "Đã trả hồ sơ"),
        ("district.council.held", "Tạm dừng xét"),
        ("central.pending", "Chờ kết quả Trung ương"),
        ("not_awarded", "Không khen thưởng"),
    ],
)
def test_a_state_is_said_in_the_words_of_the_process(draw: Draw, state: str, said: str) -> None:
    assert words(draw("states", "state_badge", "{{ state_badge(state) }}", state=state)) == said
    assert words(draw("states", "state_badge", "{{ state_badge(state, 'Khác') }}", state=state)) == "Khác"


def test_the_tracker_marks_where_the_file_is(draw: Draw) -> None:
    steps = [
        {"label": "Xã", "state": "done"},
        {"label": "Huyện", "state": "current"},
        {"label": "Tỉnh", "state": "todo"},
    ]
    shown = draw("tracker", "status_tracker", "{{ status_tracker(steps) }}", steps=steps)
    (here,) = find(shown, '[aria-current="step"]')
    assert "Huyện" in here.to_text()
    assert "đã xong" in words(shown)


def test_the_timeline_has_a_heading_a_day_in_the_working_zone(draw: Draw) -> None:
    late = datetime(2024, 3, 4, 18, 30, tzinfo=UTC)  # already the fifth in Vietnam
    entries = [{"at": late, "label": "Ký"}, {"at": late.replace(hour=1), "label": "Trình"}]
    shown = draw("timeline", "timeline", "{{ timeline(entries) }}", entries=entries)
    assert [day.to_text() for day in find(shown, "h3")] == ["05/03/2024", "04/03/2024"]
    assert [time.to_text() for time in find(shown, "time")] == ["01:30", "08:30"]


def test_a_difference_is_said_in_elements_and_words(draw: Draw) -> None:
    rows = [{"label": "Số hộ", "before": "12", "after": "14"}, {"label": "Biên bản", "before": None, "after": "b.pdf"}]
    shown = draw("changes", "diff_table", "{{ diff_table('d', 'Thay đổi', rows) }}", rows=rows)
    assert [old.to_text() for old in find(shown, "del")] == ["12"]
    assert [new.to_text() for new in find(shown, "ins")] == ["14", "b.pdf"]
    assert "chưa có" in words(shown)


def test_the_tally_counts_over_all_members(draw: Draw) -> None:
    shown = words(draw("charts", "vote_tally", "{{ vote_tally(15, 10, 2, 1, threshold=80) }}"))
    assert "Chưa biểu quyết 2" in shown
    assert "Ngưỡng: 80% số thành viên." in shown


@pytest.mark.parametrize(
    ("component", "name", "call"),
    [
        ("notices", "notice", "{{ notice('info', text=bad) }}"),
        ("notices", "flash_messages", "{{ flash_messages([('success', bad)]) }}"),
        ("content", "key_values", "{{ key_values([{'label': bad, 'value': bad}]) }}"),
        ("tables", "data_table", "{{ data_table('t', bad, [{'key': 'a', 'label': bad}], [{'a': bad}]) }}"),
        (
            "papers",
            "paper_list",
            "{{ paper_list([{'label': bad, 'required': true, 'files': [{'name': bad, 'url': '#'}]}]) }}",
        ),
        ("states", "due_badge", "{{ due_badge(day) }}{{ bad }}"),
        ("changes", "diff_table", "{{ diff_table('d', bad, [{'label': bad, 'before': bad, 'after': bad}]) }}"),
        ("forms", "missing_list", "{{ missing_list([{'text': bad}]) }}"),
        ("filters", "filter_tags", "{{ filter_tags([{'label': bad, 'value': bad, 'remove_url': '#'}]) }}"),
    ],
)
def test_hostile_words_stay_words(draw: Draw, component: str, name: str, call: str) -> None:
    shown = draw(component, name, call, bad=HOSTILE, day=DAY)
    assert find(shown, "script") == []
    assert HOSTILE in shown.to_text()


def test_a_missing_key_is_an_error_and_not_silence(environment: Environment) -> None:
    source = '{% from "components/tracker.html" import status_tracker %}{{ status_tracker([{}]) }}'
    with pytest.raises(Exception, match="no attribute 'state'"):
        environment.from_string(source).render()
