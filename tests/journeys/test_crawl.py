"""Every page in four variants: quiet console, no refusal by CSP, no axe violation, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.journeys import crawl, pseudo
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.watch import Watch

# Who has much to do sees most pages; her empty counterpart of the cast sees what an empty page says.
WHO = (
    "dieuphoi@lamgiang.example.vn",
    "quantri@lamgiang.example.vn",
    "khcn@lamgiang.example.vn",
    "xacaumay@lamgiang.example.vn",
    "lanhdao@lamgiang.example.vn",
    "bandoc@lamgiang.example.vn",
    "officer",
)
OUTSIDE = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/nowhere/"]
Look = Callable[[Page, dict[str, Any]], list[str]]


@dataclass(frozen=True, slots=True)
class Stage:
    """A browser on a province that has something to show."""

    context: BrowserContext
    live: str
    sign_in: Callable[[str], None]

    def walk(self, language: str, size: dict[str, int], look: Look) -> crawl.Report:
        """As nobody, then as one of every role; later ones look at what earlier ones could not reach."""
        self.context.add_cookies([{"name": "django_language", "value": language, "url": self.live}])
        page = self.context.new_page()
        page.set_viewport_size(size)  # type: ignore[arg-type]
        report, watch = crawl.Report(), Watch(page)

        def look_and_listen(page: Page, seen: dict[str, Any]) -> list[str]:
            found = [*look(page, seen), *watch.faults]
            watch.faults.clear()
            return found

        crawl.crawl(page, OUTSIDE, look_and_listen, report)
        for name in WHO:
            self.sign_in(name)
            crawl.crawl(page, ["/"], look_and_listen, report)
        return report


@pytest.fixture
def stage(context: BrowserContext, live: str, sign_in: Callable[[str], None], province: None) -> Stage:
    return Stage(context, live, sign_in)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "360"])
def test_every_page_is_in_order(
    stage: Stage, size: dict[str, int], language: str, record_property: Callable[[str, object], None]
) -> None:
    def look(page: Page, seen: dict[str, Any]) -> list[str]:
        words = crawl.foreign_words(seen) if language == "en" else []
        return [*crawl.form_faults(seen, language), *words, *crawl.axe(page)]

    report = stage.walk(language, size, look)
    record_property("pages", len(report.seen))
    record_property("kinds", len(report.kinds))
    assert report.faults == [], "\n".join(report.faults)


def test_no_text_escapes_translation(stage: Stage, settings: Any, tmp_path: Path) -> None:
    pseudo.write_catalogue(tmp_path)
    settings.LANGUAGES = [*settings.LANGUAGES, (pseudo.CODE, "Marked")]
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    report = stage.walk(pseudo.CODE, DESKTOP, lambda _page, seen: crawl.unmarked_words(seen))
    assert report.faults == [], "\n".join(report.faults)
