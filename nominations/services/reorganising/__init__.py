"""Reorganisation of units: everything in flight goes to whoever has taken over, seen first as a dry run, done once.

``reorganise`` is the act; ``settle`` and ``choose`` are what an administrator settles before it. Old papers, entries
and decisions keep the units they name.
"""

from nominations.services.reorganising.findings import FileMove, Finding, Officer, Report
from nominations.services.reorganising.run import look, reorganise
from nominations.services.reorganising.settling import NewSuccession, choose, settle

__all__ = ["FileMove", "Finding", "NewSuccession", "Officer", "Report", "choose", "look", "reorganise", "settle"]
