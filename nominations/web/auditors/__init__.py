"""The pages of auditors: any file's history entry by entry, and the log's other streams; nothing to press."""

from nominations.web.auditors import entries, files, streams
from nominations.web.auditors.blueprint import PLACES, blueprint

__all__ = ["PLACES", "blueprint", "entries", "files", "streams"]
