"""Listening to a page: what the browser refused, complained about or could not load."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Page, Response


class Watch:
    """Collects faults of a page from the moment it is made."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        self.expected_statuses: set[int] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser repeats failed answers on the console; they are judged by their status below.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _response(self, response: Response) -> None:
        wrong = response.status >= 500 or (response.status >= 400 and "/static/" in response.url)
        if wrong and response.status not in self.expected_statuses:
            self.faults.append(f"{response.status} {response.url}")

    def expect_quiet(self) -> None:
        assert self.faults == [], "\n".join(self.faults)
