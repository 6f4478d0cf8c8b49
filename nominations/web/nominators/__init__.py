"""The pages of whoever files: my files, a new nomination, drafting in steps, sending, the receipt."""

from nominations.web.nominators import files, new, papers, sections, sending
from nominations.web.nominators.blueprint import PLACES, blueprint

__all__ = ["PLACES", "blueprint", "files", "new", "papers", "sections", "sending"]
