"""The pages of those who check, vote, sign and number: the inbox, the file, its actions, the ballot sheet."""

from nominations.web.approvers import (
    acts,
    ballots,
    bundle_acts,
    bundles,
    conflicts,
    documents,
    file,
    incoming,
    many,
    nominees,
    papers,
    persons,
    printing,
    replies,
    work,
)
from nominations.web.approvers.blueprint import PLACES, blueprint

__all__ = [
    "PLACES",
    "acts",
    "ballots",
    "blueprint",
    "bundle_acts",
    "bundles",
    "conflicts",
    "documents",
    "file",
    "incoming",
    "many",
    "nominees",
    "papers",
    "persons",
    "printing",
    "replies",
    "work",
]
