"""The movement's own pages: the plan, its calendar and targets, reports, the registers of the plan's life."""

from nominations.web.movement import (
    compiled,
    inspections,
    milestones,
    paper_register,
    plan,
    proposals,
    raised,
    registers,
    remarks,
    report,
    reports,
    spread,
    targets,
)
from nominations.web.movement.blueprint import PLACES, blueprint

__all__ = [
    "PLACES",
    "blueprint",
    "compiled",
    "inspections",
    "milestones",
    "paper_register",
    "plan",
    "proposals",
    "raised",
    "registers",
    "remarks",
    "report",
    "reports",
    "spread",
    "targets",
]
