"""A real browser on a live server: `live`, `page`, `sign_in(name)`.

The server runs in this process on the test database; a test that uses it is transactional. The browser is
Debian's Chromium. BROWSER=0 leaves these tests out and says so.

What drives the browser keeps an event loop running in the main thread. It ends with the last test in a row
that is from here, so that every other test finds its process as if there had been no browser.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.watch import Watch

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.journeys.more import More

HERE = Path(__file__).parent
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # A page lives for a second here: what compilers that optimise would save comes too late.
    "--js-flags=--no-opt --no-maglev",
]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if os.environ.get("BROWSER") == "0":
                item.add_marker(pytest.mark.skip(reason="BROWSER=0: the browser journeys are left out"))


class Running:
    """The browser of this process, started when it is first asked for."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._browser: Browser | None = None

    def get(self) -> Browser:
        if self._browser is None:
            self._browser = self._start()
        return self._browser

    def _start(self) -> Browser:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        if not path:
            pytest.fail("No Chromium: apt-get install chromium, or BROWSER=0 to leave the journeys out.")
        flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
        # Django sees the loop that drives the browser; the tests' own queries here are not made from it.
        patch = self._open.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        playwright = self._open.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        self._open.callback(browser.close)
        return browser

    def end(self) -> None:
        self._browser = None
        self._open.close()


_running = Running()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    if nextitem is None or HERE not in nextitem.path.parents:
        _running.end()


def pytest_sessionfinish() -> None:
    _running.end()


@pytest.fixture
def chromium() -> Browser:
    return _running.get()


@pytest.fixture
def live(transactional_db: None, live_server: Any) -> str:
    """The address of the live server."""
    return str(live_server.url)


@pytest.fixture
def context(chromium: Browser, live: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=live, viewport=DESKTOP, locale="vi-VN", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Its faults (refusals by CSP, errors on the console, answers of 500) fail the test at its end."""
    page = context.new_page()
    watch = Watch(page)
    yield page
    watch.expect_quiet()


@pytest.fixture
def sign_in(context: BrowserContext, cast: Cast, live: str) -> Callable[[str], None]:
    """`sign_in("officer")`: the browser is that member of the cast from now on, as after a sign-in.

    With an address it is that user: `sign_in("khcn@lamgiang.example.vn")`.
    """

    def as_member(name: str) -> None:
        context.add_cookies([{"name": "sessionid", "value": session_of(cast, name), "url": live}])

    return as_member


@pytest.fixture
def province(transactional_db: None, cast: Cast, settings: Any) -> More:
    """The synthetic province of the demo, and beside it the cast and what the demo has none of."""
    from tests.journeys.more import make_province

    return make_province(cast, settings)


def session_of(cast: Cast, name: str) -> str:
    """The key of a fresh session of a member of the cast, or of the user with this address."""
    from django.test import Client

    from nhipcau.apps.accounts.models import User

    user = User.objects.get(email=name) if "@" in name else getattr(cast, name)
    client = Client()
    client.force_login(user, backend=BACKEND)
    # As one who has just confirmed that it is she: pages about the account's safety ask for it.
    session = client.session
    confirmed = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [confirmed]
    session.save()
    return str(client.cookies["sessionid"].value)
