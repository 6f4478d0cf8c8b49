"""The pages of those who check, vote, sign and number: the inbox, the file, its actions, the ballot sheet."""

from nominations.web.approvers import acts, ballots, conflicts, documents, file, nominees, papers, persons, work
from nominations.web.approvers.blueprint import PLACES, blueprint

__all__ = [
    "PLACES",
    "acts",
    "ballots",
    "blueprint",
    "conflicts",
    "documents",
    "file",
    "nominees",
    "papers",
    "persons",
    "work",
]
