"""Two persons are found to be one and taken apart again; a commune does not see another commune's people."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect
from tests.cast import Cast, make_organisation
from tests.permissions.world_of_registry import make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Person

SignIn = Callable[[str], None]


def vi(words: str) -> str:
    """A text of ours as the page says it."""
    with translation.override("vi"):
        return gettext(words)


def two_of_one(cast: Cast) -> list[Person]:
    """The same woman from two papers, the second with her name the other way round."""
    with acting(System("tests")):
        round = make_round(cast)
        elsewhere = make_organisation("Xã Vĩnh Xa", "commune")
        return [
            enter(make_record(cast, round, place=cast.commune)),
            enter(make_record(cast, round, name="Hoa Nguyen", birth="1962", basis="unverified")),
            enter(make_record(cast, round, name="Trần Văn Xa", place=elsewhere)),
        ]


def test_two_persons_are_joined_by_two_officers_and_taken_apart_again(
    page: Page, sign_in: SignIn, cast: Cast
) -> None:
    kept, gone, _other = two_of_one(cast)
    sign_in("coordinator")
    page.goto(f"/people-abroad/{gone.pk}/")
    page.get_by_role("link", name=vi("The same as another")).click()
    page.get_by_role("row", name="Nguyễn Thị Hoa").get_by_role("radio").check()
    page.get_by_label(vi("Why they are the same")).fill("Cùng thân nhân, cùng năm sinh")
    page.get_by_role("button", name=vi("They are one person")).click()
    expect(page.get_by_text(vi("You asked for this: another officer has to decide it."))).to_be_visible()
    sign_in("second_coordinator")
    page.goto("/people-abroad/joins/")
    page.get_by_role("link", name="Nguyễn Thị Hoa").click()
    page.get_by_role("button", name=vi("They are one person")).click()
    expect(page.locator("h1")).to_have_text(vi("These two are one person"))
    page.goto(f"/people-abroad/{gone.pk}/")
    expect(page).to_have_url(f"/people-abroad/{kept.pk}/")
    page.get_by_role("link", name=vi("joined with no. %(n)s") % {"n": gone.pk}).click()
    page.get_by_label(vi("Reason")).fill("Hai chị em họ")
    page.get_by_role("button", name=vi("Take them apart")).click()
    expect(page.locator("h1")).to_have_text(vi("These are two persons"))
    page.goto(f"/people-abroad/{gone.pk}/")
    expect(page.locator("h1")).to_have_text("Hoa Nguyen")


def test_a_commune_finds_its_own_people_and_no_others(page: Page, sign_in: SignIn, cast: Cast) -> None:
    two_of_one(cast)
    sign_in("commune_officer")
    page.goto("/people-abroad/")
    page.get_by_role("searchbox").fill("hoa 1962")
    page.get_by_role("button", name=vi("Search"), exact=True).click()
    expect(page.get_by_role("link", name="Nguyễn Thị Hoa")).to_be_visible()
    page.get_by_role("searchbox").fill("tran van xa")
    page.get_by_role("button", name=vi("Search"), exact=True).click()
    expect(page.get_by_text(vi("Nobody fits"))).to_be_visible()
