"""How votes count, as an administrator changes it: a new version, under which files that come after are judged."""

from __future__ import annotations

from nominations import models
from nominations.queries.flows import flow
from nominations.queries.kept import forget
from tests.integration.web.administration import A, entries, faults, one, send
from tests.pages import PageClient
from tests.world import World


def version_of(world: World, form: str, number: int = 1) -> int:
    """The row of a version of a form's flow under the second rule set."""
    return one(world, models.WorkflowVersion, form=form, rule_set="R2", tiers=3, number=number).id


def test_other_rules_are_a_new_version_and_files_keep_theirs(admin: PageClient, world: World) -> None:
    first, before = version_of(world, "GK-XA"), world.draft(form="GK-XA")
    sent = {
        "threshold-commune": "60",
        "strict-commune": "no",
        "source-commune": "[practice]",
        "base-commune": "no",
        "base_source-commune": "[practice]",
        "quorum-commune": "3/4",
        "barred-commune": "yes",
        "quorum_source-commune": "[practice]",
    }
    changed = send(admin, f"{A}/quy-trinh/{first}/bieu-quyet", **sent)
    second = version_of(world, "GK-XA", 2)
    assert changed.location == f"{A}/quy-trinh/{second}"
    assert entries(world, "settings")[-1] == "publish_flow"
    forget(world.session)
    ballot = flow(world.session, second).stages["commune"].ballot
    world.session.rollback()
    assert (ballot.threshold_percent, ballot.strict, ballot.barred_in_threshold) == (60, False, False)
    assert ballot.quorum(8, 4) == 6
    assert ballot.passed(3, 9, barred=4)
    assert not ballot.passed(3, 9, barred=3)
    assert "tỷ lệ không kể người không được biểu quyết" in admin.page(changed.location).text
    assert one(world, models.Nomination, code=before).workflow_id == first
    assert one(world, models.Nomination, code=world.draft(form="GK-XA")).workflow_id == second
    days = send(
        admin, f"{A}/quy-trinh/{second}/thoi-han", **{"days-commune.intake": "3", "source-commune.intake": "[practice]"}
    )
    assert days.status_code == 303
    third = flow(world.session, version_of(world, "GK-XA", 3)).stages["commune"].ballot
    world.session.rollback()
    assert third == ballot  # other days leave the votes as they were set
    admin.page(f"{A}/quy-trinh/{first}/bieu-quyet", 404)


def test_wrong_rules_are_refused_beside_the_field(admin: PageClient, world: World) -> None:
    address = f"{A}/quy-trinh/{version_of(world, 'GK-SO')}/bieu-quyet"
    for wrong, said in (
        ({"threshold-unit": "0"}, "Số phải từ 1 đến 100"),
        ({"threshold-unit": "101"}, "Số phải từ 1 đến 100"),
        ({"quorum-unit": "3/2"}, "phân số"),
        ({"quorum-unit": "hai phần ba"}, "phân số"),
        ({"source-unit": "nghe nói"}, "dấu nguồn"),
        ({"base_source-unit": ""}, "Hãy điền"),
        ({"strict-unit": "maybe"}, "Hãy điền"),
    ):
        answer = send(admin, address, **wrong)
        assert answer.status_code == 422, wrong
        assert any(said in fault for fault in faults(answer.text)), (wrong, faults(answer.text))
    assert one(world, models.WorkflowVersion, form="GK-SO", rule_set="R2", tiers=3).number == 1
