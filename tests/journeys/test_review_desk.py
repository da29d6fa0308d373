"""Two records are found to be of one person and taken apart again: with keys alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Browser, Page, expect
from tests.cast import Cast
from tests.journeys.conftest import PHONE, session_of
from tests.permissions.world_of_registry import make_pair

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.joining import join_sure
from nhipcau.apps.registry.models import Merge, Pair, Person
from nhipcau.apps.registry.tests.test_deciding import record_of
from nhipcau.apps.registry.tests.test_joining import from_list

SignIn = Callable[[str], None]
QUESTION = "Are these two records of one person?"


def vi(words: str, context: str = "") -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return pgettext(context, words) if context else gettext(words)


@pytest.fixture
def two_pairs(live: str, cast: Cast) -> list[Person]:
    """Three people of a list; the first may be the second, and surely looks like the third."""
    with acting(System("tests")):
        people = from_list(cast, 3, birth="1962")
        one, two, three = (record_of(each) for each in people)
        make_pair(one, two, 2.3)
        make_pair(one, three, 4.9)
    return people


def press(page: Page, *keys: str) -> None:
    """On a page whose scripts listen already: its words may stand there before."""
    for key in keys:
        page.wait_for_load_state()
        page.keyboard.press(key)


def states() -> dict[float, str]:
    with acting(System("tests")):
        return dict(Pair.objects.values_list("weight", "state"))


def pair_of(weight: float) -> Pair:
    with acting(System("tests")):
        return Pair.objects.get(weight=weight)


def test_with_keys_alone_one_is_told_apart_two_are_joined_and_nothing_waits(
    page: Page, sign_in: SignIn, two_pairs: list[Person]
) -> None:
    sign_in("coordinator")
    page.goto("/people-abroad/pairs/")
    page.get_by_role("link", name=vi("Begin", "queue")).focus()
    press(page, "Enter")
    expect(page.locator("h1")).to_have_text(vi(QUESTION))
    # What speaks for it is strong: saying no takes a reason, and Enter sends the answer that was tried.
    press(page, "2")
    expect(page.locator("#id_reason")).to_be_focused()
    expect(page.locator(".nc-summary")).to_contain_text(vi("Write the reason."))
    page.keyboard.type("Khác cha mẹ")
    press(page, "Enter")
    expect(page.get_by_text(vi("Noted: %(answer)s.").split("%")[0]).first).to_be_visible()
    assert states() == {2.3: "open", 4.9: "different"}
    # The next pair stands there.
    press(page, "1")
    expect(page.get_by_text(vi("They are one person now. It can be taken apart again."))).to_be_visible()
    assert states()[2.3] == "same"
    expect(page.locator("h1")).to_have_text(vi("No pair waits to be decided"))


def test_the_last_answer_is_taken_back_with_a_key(
    page: Page, sign_in: SignIn, two_pairs: list[Person]
) -> None:
    sign_in("coordinator")
    pair = pair_of(4.9)
    page.goto(f"/people-abroad/pairs/{pair.pk}/")
    press(page, "j")
    page.wait_for_url(lambda url: not url.endswith(f"/{pair.pk}/"))
    press(page, "k")
    page.wait_for_url(f"**/pairs/{pair.pk}/")
    press(page, "1")
    expect(page.get_by_role("button", name=vi("Take my last answer back"))).to_be_visible()
    assert states()[4.9] == "same"
    press(page, "u")
    page.wait_for_url(f"**/pairs/{pair.pk}/")
    expect(page.locator("h1")).to_have_text(vi(QUESTION))
    assert states()[4.9] == "open"
    # In the field the signs are words, not answers.
    press(page, "r")
    page.keyboard.type("1234 kju")
    expect(page.locator("#id_reason")).to_have_value("1234 kju")
    press(page, "Enter")
    press(page, "Escape")
    assert states()[4.9] == "open"


def test_what_was_joined_is_taken_apart_on_the_page_of_links(
    page: Page, sign_in: SignIn, two_pairs: list[Person]
) -> None:
    kept, gone = two_pairs[0], two_pairs[1]
    sign_in("coordinator")
    pair = pair_of(2.3)
    page.goto(f"/people-abroad/pairs/{pair.pk}/")
    page.get_by_role("button", name=vi("One person")).click()
    expect(page.get_by_text(vi("They are one person now. It can be taken apart again."))).to_be_visible()
    page.goto(f"/people-abroad/{gone.pk}/")
    expect(page).to_have_url(f"/people-abroad/{kept.pk}/")
    page.get_by_role("link", name=vi("How these records were joined")).click()
    page.locator("summary", has_text=vi("Take them apart")).click()
    page.get_by_label(vi("Reason")).fill("Hai anh em họ")
    page.get_by_role("button", name=vi("Take them apart")).click()
    expect(page.locator("h1")).to_have_text(vi("These are two persons"))
    page.goto(f"/people-abroad/{gone.pk}/")
    expect(page.locator("h1")).to_have_text("Nguyễn Văn 2")
    assert states()[2.3] == "different"


def test_the_desk_works_without_scripts_on_a_phone(
    chromium: Browser, live: str, cast: Cast, two_pairs: list[Person]
) -> None:
    plain = chromium.new_context(base_url=live, java_script_enabled=False, viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]  # a dict of both
    plain.add_cookies([{"name": "sessionid", "value": session_of(cast, "coordinator"), "url": live}])
    page = plain.new_page()
    page.goto("/people-abroad/pairs/?strength=likely")
    page.get_by_role("link", name=vi("Begin", "queue")).click()
    # Enter in the field answers nothing before an answer was tried.
    page.locator("#id_reason").fill("Chưa rõ")
    page.locator("#id_reason").press("Enter")
    expect(page.locator("h1")).to_have_text(vi(QUESTION))
    page.get_by_role("button", name=vi("Brothers or sisters")).click()
    expect(page.locator("h1")).to_have_text(vi(QUESTION))
    page.get_by_role("button", name=vi("Cannot be told", "answer")).click()
    expect(page.locator("h1")).to_have_text(vi("No such pair waits"))
    assert states() == {2.3: "unknown", 4.9: "sibling"}
    with acting(System("tests")):
        assert not Merge.objects.exists()
    plain.close()


def test_a_record_is_taken_out_of_a_person_and_put_back_without_scripts(
    chromium: Browser, live: str, cast: Cast, two_pairs: list[Person]
) -> None:
    kept, gone = two_pairs[0], two_pairs[1]
    with acting(System("tests")):
        join_sure({kept.pk: {gone.pk: Pair.objects.get(weight=2.3)}})
        derive((kept.pk, gone.pk))
    plain = chromium.new_context(base_url=live, java_script_enabled=False, viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]  # a dict of both
    plain.add_cookies([{"name": "sessionid", "value": session_of(cast, "coordinator"), "url": live}])
    page = plain.new_page()
    page.goto(f"/people-abroad/{kept.pk}/links/")
    page.get_by_label("Nguyễn Văn 2").check()
    page.get_by_label(vi("Why they are somebody else's")).fill("Khác cha mẹ")
    page.get_by_role("button", name=vi("Take the ticked records out")).click()
    page.goto(f"/people-abroad/{gone.pk}/")
    expect(page.locator("h1")).to_have_text("Nguyễn Văn 2")
    page.goto(f"/people-abroad/{gone.pk}/links/")
    page.locator("summary", has_text=vi("Put back")).click()
    page.get_by_label(vi("Reason")).last.fill("Đúng là một người")
    page.get_by_role("button", name=vi("Put back")).click()
    expect(page).to_have_url(f"/people-abroad/{kept.pk}/links/")
    page.goto(f"/people-abroad/{gone.pk}/")
    expect(page).to_have_url(f"/people-abroad/{kept.pk}/")
    plain.close()
