"""The pages of whoever files: my files, a new nomination, drafting in steps, sending, the receipt."""

from nominations.web.nominators import files, new, papers, sections, sending
from nominations.web.nominators.blueprint import LOOK_UP, PLACES, blueprint

__all__ = ["LOOK_UP", "PLACES", "blueprint", "files", "new", "papers", "sections", "sending"]
