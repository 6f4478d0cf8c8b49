"""The reference tables give every bonus exactly as typed by hand from the legal facts."""

from __future__ import annotations

from nominations import reference
from tests.bonus_cells import CELLS, KINDS, PERIODS
from workflows.bonus import Bonus, BonusTables, LegalValue, Manual, Period, every_bonus

TABLES = BonusTables(
    tuple(Period(rules.code, rules.valid_from, rules.valid_to) for rules in reference.load_rule_sets()),
    tuple(
        LegalValue(v.kind, v.key, v.valid_from, v.valid_to, v.value, v.note or "", v.source)
        for v in reference.load_legal_values()
    ),
)
FORMS = tuple(form.code for form in reference.load_award_forms())


def test_every_cell_is_the_one_typed_by_hand() -> None:
    found = every_bonus(TABLES, FORMS, KINDS)
    assert [(period.rule_set, period.valid_from, period.valid_to) for period in found] == list(PERIODS)
    for period, typed in zip(found, PERIODS.values(), strict=True):
        for form in FORMS:
            cells = [period.cells[form][kind] for kind in KINDS]
            assert tuple(cell.amount_vnd if isinstance(cell, Bonus) else None for cell in cells) == typed[form]


def test_an_empty_cell_says_which_figure_is_missing() -> None:
    missing = {
        (period.rule_set, form, kind): cell.code
        for period in every_bonus(TABLES, FORMS, KINDS)
        for form, row in period.cells.items()
        for kind, cell in row.items()
        if isinstance(cell, Manual)
    }
    assert set(missing.values()) == {"no_multiplier", "no_coefficient"}
    assert len([amount for *_, amount in CELLS if amount is None]) == 15
    assert {key for key, code in missing.items() if code == "no_coefficient"} == {("R3", "GK-HUYEN", k) for k in KINDS}
