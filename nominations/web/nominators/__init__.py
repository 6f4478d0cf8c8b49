"""The pages of whoever files: my files, a new nomination, lists, drafting in steps, sending, the receipt."""

from nominations.web.nominators import checking, earlier, files, list_rows, lists, new, papers, sections, sending
from nominations.web.nominators.blueprint import LOOK_UP, PLACES, blueprint

__all__ = [
    "LOOK_UP",
    "PLACES",
    "blueprint",
    "checking",
    "earlier",
    "files",
    "list_rows",
    "lists",
    "new",
    "papers",
    "sections",
    "sending",
]
