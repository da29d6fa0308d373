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
from tests.journeys.more import More
from tests.journeys.watch import Watch
from tests.permissions.tables import rows

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
    more: More

    def walk(self, language: str, look: Look) -> crawl.Report:
        """As nobody, then as one of every role; later ones look at what earlier ones could not reach."""
        self.context.add_cookies([{"name": "django_language", "value": language, "url": self.live}])
        page = self.context.new_page()
        report, watch = crawl.Report(), Watch(page)

        def look_and_listen(page: Page, seen: dict[str, Any]) -> list[str]:
            found = [*look(page, seen), *watch.faults]
            watch.faults.clear()
            return found

        crawl.crawl(page, [*OUTSIDE, *self.more.addresses[""]], look_and_listen, report)
        for name in WHO:
            self.sign_in(name)
            crawl.crawl(page, ["/", *self.more.addresses.get(name, ())], look_and_listen, report)
        return report


@pytest.fixture
def stage(context: BrowserContext, live: str, sign_in: Callable[[str], None], province: More) -> Stage:
    return Stage(context, live, sign_in, province)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_in_order_wide_and_narrow(
    stage: Stage, language: str, record_property: Callable[[str, object], None]
) -> None:
    def look(page: Page, seen: dict[str, Any]) -> list[str]:
        faults = crawl.foreign_words(seen) if language == "en" else []
        for width, size in (("1280", DESKTOP), ("360", PHONE)):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found = [*crawl.form_faults(crawl.inspect(page), language), *crawl.axe(page)]
            faults += [f"{width} px: {fault}" for fault in found]
        return faults

    report = stage.walk(language, look)
    pages = {row.address for row in rows() if row.method == "GET" and 200 in row.statuses}
    assert pages - {kind.split("?")[0] for kind in report.kinds} == set(), "not reached by links"
    record_property("pages", len(report.seen))
    record_property("kinds", len(report.kinds))
    assert report.faults == [], "\n".join(report.faults)


def test_no_text_escapes_translation(stage: Stage, settings: Any, tmp_path: Path) -> None:
    pseudo.write_catalogue(tmp_path)
    settings.LANGUAGES = [*settings.LANGUAGES, (pseudo.CODE, "Marked")]
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    report = stage.walk(pseudo.CODE, lambda _page, seen: crawl.unmarked_words(seen))
    assert report.faults == [], "\n".join(report.faults)
