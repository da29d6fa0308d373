"""In a language that nobody speaks, every text of a page stands in marks, or was never translated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings as configured
from django.test import Client
from lxml import html
from tests.cast import Cast
from tests.journeys import crawl, pseudo
from tests.journeys.conftest import session_of
from tests.journeys.more import make_province
from tests.journeys.reading import inspect, read_by


def test_no_text_escapes_translation(
    transactional_db: None, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    more = make_province(cast, settings)
    pseudo.write_catalogue(tmp_path)
    settings.LANGUAGES = [*settings.LANGUAGES, (pseudo.CODE, "Marked")]
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]
    client = Client()
    client.cookies["django_language"] = pseudo.CODE
    visit, report = read_by(client), crawl.Report()

    def look(seen: dict[str, Any], _new: bool) -> list[str]:
        return crawl.unmarked_words(seen)

    crawl.crawl(visit, [*crawl.OUTSIDE, *more.addresses[""]], look, report)
    for name in crawl.WHO:
        client.cookies[configured.SESSION_COOKIE_NAME] = session_of(cast, name)
        crawl.crawl(visit, ["/", *more.addresses.get(name, ())], look, report)
    assert report.faults == [], "\n".join(report.faults)
    assert len(report.kinds) > 150


def test_words_that_nobody_marked_are_found_and_users_words_are_not() -> None:
    page = html.fromstring(
        '<html lang="xx"><head><title>⟦Title⟧</title></head><body><p title="Bare">⟦Read⟧ bare</p>'
        '<p>⟦Of ⟦two⟧⟧ <b data-user-text>Sở</b><i lang="vi">Xã</i></p>'
        '<a href="../x?y=1#z">⟦Go⟧</a></body></html>'
    )
    seen = inspect(page, "/tasks/1/")
    assert crawl.unmarked_words(seen) == ["unmarked: bare", "unmarked: Bare"]
    assert seen["links"] == ["/tasks/x?y=1"]
