"""Whatever is sent, the answer is a sentence: no 5xx, nothing undocumented, nothing changed by what was refused."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.api.client import ApiWorld
from workflows import ACTIONS

texts = st.text(max_size=30) | st.sampled_from(
    [
        "\x00",
        "\ud800",
        "' OR '1'='1",
        "{{7*7}}",
        "%s%n",
        "../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "𝕳",
        "9" * 400,
        "1e309",
    ]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=8
)
NAMES = (
    "advice", "reasons", "by_criterion", "sections", "faults", "content", "choice", "number", "numbered_on", "signer",
    "signed_on", "signed_file", "outcome", "mode", "reason_code", "arrived_on", "issued", "minutes_sha", "note",
)  # fmt: skip
payloads = st.dictionaries(st.sampled_from(NAMES) | texts, values, max_size=5)
usual = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def file(province: ApiWorld) -> str:
    """A file at the commune's appraisal."""
    code = province.draft()
    province.do("nominator.xa", code, "submit")
    province.do("appraiser.xa", code, "accept", arrival_number="1")
    return code


@usual
@given(action=st.sampled_from(sorted(ACTIONS)), payload=payloads)
def test_no_payload_breaks_an_action(world: ApiWorld, file: str, action: str, payload: dict[str, Any]) -> None:
    version = world.version(file)
    for who in ("appraiser.xa", "nominator.xa"):
        answer = world.caller(who).post(f"/nominations/{file}/actions/{action}", payload, version=version)
        assert answer.status_code in {200, 400, 404, 409, 412, 422}, answer.text
        if answer.status_code != 200:
            assert world.version(file) == version
        version = world.version(file)


FIELDS = ("name", "figures", "statements", "helped", "achievements", "birth_year", "loan_on_time", "period_from")
SECTIONS = ("nominee", "criteria", "report", "proposal", "papers")
FILTERS = ("q", "round", "form", "state", "stage", "step", "unit", "cursor", "limit", "updated_since", "count")


@usual
@given(
    sections=st.dictionaries(
        st.sampled_from(SECTIONS) | texts,
        st.dictionaries(st.sampled_from(FIELDS) | texts, values, max_size=4) | values,
        max_size=3,
    )
)
def test_no_content_breaks_a_draft(world: ApiWorld, draft: str, sections: dict[str, Any]) -> None:
    caller = world.caller("nominator.xa")
    answer = caller.patch(f"/nominations/{draft}", {"content": sections}, version=world.version(draft))
    assert answer.status_code in {200, 400, 422}, answer.text
    for surface in ("", "/eligibility", "/actions", "/history"):
        assert caller.get(f"/nominations/{draft}{surface}").status_code == 200


@pytest.fixture(scope="module")
def draft(province: ApiWorld) -> str:
    """A draft to be typed into."""
    return province.draft()


@usual
@given(query=st.dictionaries(st.sampled_from(FILTERS), texts.filter(lambda text: "\ud800" not in text), max_size=4))
def test_no_filter_breaks_a_list(world: ApiWorld, query: dict[str, str]) -> None:
    for who in ("appraiser.xa", "nominator.xa"):
        answer = world.caller(who).get("/nominations", query_string=query)
        assert answer.status_code in {200, 422}, answer.text


@usual
@given(body=st.dictionaries(st.sampled_from(("criterion", "unit", "figures")), values, max_size=3) | values)
def test_no_body_breaks_the_calculator_or_a_search(world: ApiWorld, body: Any) -> None:
    client = world.app.test_client()
    caller = world.caller("appraiser.xa")
    assert caller.post("/nominations/search", body).status_code in {200, 400, 422}
    assert caller.post("/nominations", body).status_code in {400, 422}
    assert client.post("/tools/eligibility", json=body).status_code in {200, 400, 422}


@usual
@given(rows=st.lists(st.fixed_dictionaries({"year": st.integers(1990, 2100)}, optional={
    "rate": st.decimals(0, 100, places=2).map(str) | st.floats(0, 100), "poor": st.integers(0, 10**9),
    "near_poor": st.integers(0, 10**9), "households": st.integers(0, 10**9)}), max_size=8))  # fmt: skip
def test_every_possible_row_of_figures_is_computed_or_said_not_to_be(
    world: ApiWorld, rows: list[dict[str, Any]]
) -> None:
    client = world.app.test_client()
    for criterion, unit in (("1.2.8", {"poor_district": True}), ("1.3.5", {"area_class": "III"}), ("1.4.4", {})):
        answer = client.post("/tools/eligibility", json={"criterion": criterion, "unit": unit, "figures": rows})
        assert answer.status_code in {200, 422, 429}, answer.text
