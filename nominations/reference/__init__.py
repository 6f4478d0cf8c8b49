"""Reference data: places, bodies, calendar, law, papers, reasons and the movement itself, as files a person can read.

Each TOML file says in its head what it holds. The loaders return frozen values and touch no database: a service writes
them into tables. Every value carries its source mark (``sources.toml`` says what a mark means); nothing here is fixed
in code, and what is not [plan] or [S-n] waits to be checked by an administrator.
"""

from nominations.reference.bodies import load_councils
from nominations.reference.consultations import Consultation, load_consultations
from nominations.reference.flow_values import flow_deadlines, flow_opinions, flow_papers
from nominations.reference.holidays import Holiday, holiday_years, load_holidays
from nominations.reference.law import (
    AwardForm,
    LegalBasis,
    LegalValue,
    RuleSet,
    load_award_forms,
    load_legal_values,
    load_rule_sets,
)
from nominations.reference.limits import Limit, load_limits
from nominations.reference.movement import (
    CriteriaGroup,
    Criterion,
    Movement,
    MovementSetting,
    Statement,
    load_movement,
    plan_text,
)
from nominations.reference.paper_basis import committee_basis
from nominations.reference.papers import (
    Copies,
    Deadline,
    Paper,
    ReplyDeadline,
    TotalDeadline,
    load_copies,
    load_deadlines,
    load_papers,
    load_reply_deadlines,
    load_total_deadlines,
    papers_for,
)
from nominations.reference.places import load_units
from nominations.reference.reasons import Reason, load_reasons
from nominations.reference.reporting import ReportSetting, Target, load_report_settings, load_targets
from nominations.reference.rounds import Milestone, Round, load_milestones, load_rounds
from nominations.reference.sources import ReferenceDataError, Source, Words, load_sources
from nominations.reference.successions import Succession, load_functions, load_successions
from nominations.reference.units import Council, Unit, UnitKey, unit_on

__all__ = [
    "AwardForm",
    "Consultation",
    "Copies",
    "Council",
    "CriteriaGroup",
    "Criterion",
    "Deadline",
    "Holiday",
    "LegalBasis",
    "LegalValue",
    "Limit",
    "Milestone",
    "Movement",
    "MovementSetting",
    "Paper",
    "Reason",
    "ReferenceDataError",
    "ReplyDeadline",
    "ReportSetting",
    "Round",
    "RuleSet",
    "Source",
    "Statement",
    "Succession",
    "Target",
    "TotalDeadline",
    "Unit",
    "UnitKey",
    "Words",
    "committee_basis",
    "flow_deadlines",
    "flow_opinions",
    "flow_papers",
    "holiday_years",
    "load_award_forms",
    "load_consultations",
    "load_copies",
    "load_councils",
    "load_deadlines",
    "load_functions",
    "load_holidays",
    "load_legal_values",
    "load_limits",
    "load_milestones",
    "load_movement",
    "load_papers",
    "load_reasons",
    "load_reply_deadlines",
    "load_report_settings",
    "load_rounds",
    "load_rule_sets",
    "load_sources",
    "load_successions",
    "load_targets",
    "load_total_deadlines",
    "load_units",
    "papers_for",
    "plan_text",
    "unit_on",
]
