"""Bad input as a value for the edges: which field, which message, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from nominations.services.messages import Message


class InvalidInput(ValueError):
    """What was typed cannot be used; ``errors`` has a message for each field. Nothing has changed."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__(", ".join(f"{field}: {message.key}" for field, message in errors.items()))
        self.errors = errors


class NotFound(LookupError):
    """No such thing, or not for this viewer: the two look the same."""


class Declined(InvalidInput):
    """What was asked is sound, but things stand so that it cannot be done: its sentence says what to do next."""

    def __init__(self, message: Message) -> None:
        super().__init__({"": message})
