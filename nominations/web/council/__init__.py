"""The pages of a council's meetings: agenda, attendance, ballots for a whole meeting, counts, closing, minutes."""

from nominations.web.council import agenda, attendance, closing, counts, meetings, minutes, sheet
from nominations.web.council.blueprint import PLACES, blueprint

__all__ = ["PLACES", "agenda", "attendance", "blueprint", "closing", "counts", "meetings", "minutes", "sheet"]
