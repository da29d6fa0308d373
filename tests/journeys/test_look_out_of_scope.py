"""A commune's officer looks for somebody of elsewhere: says why, sees one page, and it is reviewed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.cast import Cast
from tests.journeys.test_people_abroad import two_of_one, vi

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.models import LookUp

SignIn = Callable[[str], None]
WHY = "Thân nhân đến xã xin giúp tìm, đơn ngày 20/11"


def test_who_says_why_sees_one_page_and_it_is_reviewed(page: Page, sign_in: SignIn, cast: Cast) -> None:
    _kept, _gone, other = two_of_one(cast)
    sign_in("commune_officer")
    assert page.goto(f"/people-abroad/{other.pk}/").status == 404  # type: ignore[union-attr]  # there is one
    page.goto("/people-abroad/looks/new/")
    look = page.get_by_role("button", name=vi("Look, and put it on record"))
    page.locator("[name=name]").fill("xa trần văn")
    page.locator("[name=by][value=year]").check()
    page.locator("[name=fact]").fill("1962")
    page.locator("[name=reason][value=help]").check()
    page.locator("[name=words]").fill(WHY)
    look.click()
    expect(page).to_have_url(f"/people-abroad/{other.pk}/")
    expect(page.locator("h1")).to_have_text("Trần Văn Xa")
    # The keeper, while nobody is named to look after personal data, is asked on her first page.
    sign_in("coordinator")
    page.goto("/")
    page.get_by_role("link", name=vi("Review a look at a person out of scope")).first.click()
    expect(page.get_by_text(WHY)).to_be_visible()
    page.locator("[name=verdict][value=in_order]").check()
    page.get_by_role("button", name=vi("Put it on record")).click()
    expect(page.get_by_text(vi("Reviewed. The verdict stands in the record."))).to_be_visible()
    with acting(System("tests")):
        found = LookUp.objects.get()
    assert (found.verdict, found.reviewed_by_id) == ("in_order", cast.coordinator.pk)
