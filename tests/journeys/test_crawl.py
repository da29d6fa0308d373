"""Every page in four variants: quiet console, no refusal by CSP, no axe violation, no sideways scroll.

Both languages visit the same pages. Axe judges each in Vietnamese, at both widths; in English one of each
kind, and colours on the pages of the entrance and each role's first page alone: no style depends on the
language (a test of `webkit` says so), and what other data change in a page, Vietnamese has shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.journeys import crawl
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.more import More
from tests.journeys.watch import Watch
from tests.permissions.tables import rows

# Answers that are no pages: a calendar program reads them, or they are files to keep.
NO_PAGES = {
    "notices:feed",
    "orgs:arrival_template",
    "orgs:arrival_wrong",
    "orgs:handover_word",
    "orgs:step_template",
    "registry:export_file",
    "registry:intake_template",
    "registry:intake_wrong",
    "registry:right_copy",
    "registry:right_letter",
    "registry:sharing_paper",
    "reporting:report_token",
    "reporting:signed_file",
    "reporting:workbook_form",
    "reporting:workbook_marked",
}
WIDTHS = (("1280", DESKTOP), ("360", PHONE))


@dataclass(frozen=True, slots=True)
class Stage:
    """A browser on a province that has something to show."""

    context: BrowserContext
    live: str
    sign_in: Callable[[str], None]
    more: More

    def walk(self, language: str, look: Callable[[Page, dict[str, Any], bool], list[str]]) -> crawl.Report:
        """As nobody, then as one of every role; later ones look at what earlier ones could not reach."""
        self.context.add_cookies([{"name": "django_language", "value": language, "url": self.live}])
        page = self.context.new_page()
        report, watch = crawl.Report(), Watch(page)

        def look_and_listen(seen: dict[str, Any], new: bool) -> list[str]:
            found = [*look(page, seen, new), *watch.faults]
            watch.faults.clear()
            return found

        visit = crawl.opened_in(page)
        crawl.crawl(visit, [*crawl.OUTSIDE, *self.more.addresses[""]], look_and_listen, report)
        for name in crawl.WHO:
            self.sign_in(name)
            crawl.crawl(visit, ["/", *self.more.addresses.get(name, ())], look_and_listen, report)
        return report


@pytest.fixture
def stage(context: BrowserContext, live: str, sign_in: Callable[[str], None], province: More) -> Stage:
    return Stage(context, live, sign_in, province)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_in_order_wide_and_narrow(
    stage: Stage, language: str, record_property: Callable[[str, object], None]
) -> None:
    first_pages = {*crawl.OUTSIDE, "/"}

    def look(page: Page, seen: dict[str, Any], new: bool) -> list[str]:
        faults = crawl.foreign_words(seen) if language == "en" else []
        colours = language == "vi" or urlsplit(page.url).path in first_pages
        # The width that it was opened at comes first: half of the pages are opened wide, half narrow.
        for width, size in sorted(WIDTHS, key=lambda each: each[1] != page.viewport_size):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found = list(crawl.form_faults(crawl.inspect(page), language))
            if new or colours:
                found += crawl.axe(page, colours=colours)
            faults += [f"{width} px: {fault}" for fault in found]
        return faults

    report = stage.walk(language, look)
    pages = {row.address for row in rows() if row.method == "GET" and 200 in row.statuses}
    # Programs ask there, not people.
    pages = {address for address in pages if not address.startswith("api:")}
    missed = pages - NO_PAGES - {kind.split("?")[0] for kind in report.kinds}
    record_property("pages", len(report.seen))
    record_property("kinds", len(report.kinds))
    faults = [*report.faults, *(f"{address}: not reached by links" for address in sorted(missed))]
    assert faults == [], "\n".join(faults)
