"""What of an approval a change touches: sections, single values of them, and revisions that kept no values."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.reviewed import changes, section_of, touched

BEFORE = {"criteria": "1", "criteria.figures": "1", "criteria.statements": "1", "report": "1", "papers": "1"}
PARTS = st.sampled_from(["a", "b", "a.x", "a.y", "b.x"])
DIGESTS = st.dictionaries(PARTS, st.sampled_from("12"))


def test_a_value_changes_and_its_section_with_it() -> None:
    changed = changes(BEFORE, BEFORE | {"criteria": "2", "criteria.statements": "2"})
    assert changed == {"criteria", "criteria.statements"}
    assert touched(["criteria.figures", "report"], changed) == ()
    assert touched(["report", "criteria"], changed) == ("criteria",)
    assert touched(["criteria.statements"], changed) == ("criteria.statements",)


def test_a_value_that_came_or_went_has_changed() -> None:
    came = BEFORE | {"criteria": "2", "criteria.profile": "1"}
    assert "criteria.profile" in changes(BEFORE, came)
    assert "criteria.profile" in changes(came, BEFORE)


def test_an_earlier_revision_without_values_leaves_any_of_them_open() -> None:
    changed = changes({"criteria": "1", "report": "1"}, BEFORE | {"criteria": "2"})
    assert touched(["criteria.figures"], changed) == ("criteria.figures",)
    assert touched(["report", "report.situation"], changed) == ()


def test_what_was_not_there_before_was_reviewed_by_nobody() -> None:
    """The first revision changes every section, and takes nothing with it but what names the section."""
    changed = changes({}, BEFORE)
    assert changed == {"criteria", "report", "papers"}


@given(DIGESTS, DIGESTS)
def test_nothing_outside_a_changed_section_is_touched(before: dict[str, str], after: dict[str, str]) -> None:
    changed = changes(before, after)
    for part in touched([*before, *after], changed):
        assert before.get(section_of(part)) != after.get(section_of(part))
    assert changes(before, before) == frozenset()
