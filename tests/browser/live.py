"""A server for the browser, and what a page may do wrong on it."""

from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Response

from nominations.clock import FixedClock

PATIENCE = 10_000  # ms that a page may take to show what is waited for


@dataclass(frozen=True, slots=True)
class LiveServer:
    """A running server: its address, its application, and the clock it goes by."""

    url: str
    app: Flask
    clock: FixedClock


def watch(page: Page, url: str) -> list[str]:
    """Collect what goes wrong on a page: errors of scripts and policy, answers of 5xx, calls to other places."""
    faults: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A refused act answers 4xx, which the browser reports as an error: that is the test's to judge.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            faults.append(message.text)

    def on_response(response: Response) -> None:
        if response.status >= 500 or not response.url.startswith((url, "data:", "blob:")):
            faults.append(f"{response.status} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", on_response)
    return faults
