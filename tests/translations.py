"""Compiles the catalogues before a run, so that tests see the sentences as they stand in the source."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parents[1] / "nominations" / "translations"


def compile_catalogues() -> None:
    """Compile every catalogue that is newer than its compiled form."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as lines, target.open("wb") as compiled:
                write_mo(compiled, read_po(lines))
