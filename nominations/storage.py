"""The file store: bytes known by their SHA-256, written whole and safe before any row speaks of them.

A file is written beside its place, forced to disk, renamed, and its folder forced too: after a power cut it is either
there whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

CHUNK = 1 << 20


class Storage(Protocol):
    """Where bytes are kept."""

    def put(self, content: bytes) -> str:
        """Keep ``content``; the SHA-256 it is known by. Keeping it again changes nothing."""

    def open(self, sha256: str) -> BinaryIO:
        """The bytes of ``sha256`` to read. Raises FileNotFoundError."""


class FolderStorage:
    """A folder, two levels deep so that no folder grows large."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep ``content`` under its digest, safe on disk when this returns."""
        digest = hashlib.sha256(content).hexdigest()
        place = self._place(digest)
        if place.exists():
            return digest
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as beside:
            beside.write(content)
            beside.flush()
            os.fsync(beside.fileno())
        Path(beside.name).replace(place)
        _force_folder(place.parent)
        return digest

    def open(self, sha256: str) -> BinaryIO:
        """The file to read; FileNotFoundError when it was never kept."""
        return self._place(sha256).open("rb")

    def _place(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256


def storage_for(url: str) -> Storage:
    """The store a ``STORAGE_URL`` names: a folder, as ``file:///...`` or a path. Raises ValueError for another."""
    parts = urlsplit(url)
    if parts.scheme not in {"", "file"}:
        raise ValueError(f"STORAGE_URL: no store for {parts.scheme}:// here; name a folder.")
    return FolderStorage(Path(parts.path if parts.scheme else url))


def _force_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
