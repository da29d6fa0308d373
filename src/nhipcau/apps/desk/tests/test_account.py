"""One's own account, help, search, the record of actions."""

from __future__ import annotations

import pytest
from tests.cast import PEOPLE, Cast, SignedIn

from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.desk import navigation


def test_the_kept_language_holds_on_every_later_page(signed_in: SignedIn, cast: Cast) -> None:
    client = signed_in("officer")
    assert client.post("/account/", {"language": "en"}).status_code == 302
    assert User.objects.get(pk=cast.officer.pk).language == "en"
    assert "My account" in client.get("/account/").content.decode()
    assert Event.objects.filter(verb="accounts.choose_language", subject_id=str(cast.officer.pk)).exists()


def test_a_language_that_is_not_offered_is_refused(signed_in: SignedIn, cast: Cast) -> None:
    assert signed_in("officer").post("/account/", {"language": "xx"}).status_code == 422


def test_signing_out_elsewhere_leaves_this_browser_signed_in(signed_in: SignedIn) -> None:
    here, there = signed_in("officer"), signed_in("officer")
    assert here.post("/account/sign-out-elsewhere/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


@pytest.mark.parametrize("who", [name for name in PEOPLE if name != "leaver"])
@pytest.mark.parametrize("address", ["/", "/account/", "/help/", "/search/?q=an"])
def test_everyone_who_works_here_reaches_the_common_pages(
    who: str, address: str, signed_in: SignedIn
) -> None:
    assert signed_in(who).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/account/", "/help/", "/search/", "/people/", "/record/"])
def test_nobody_is_sent_to_sign_in(address: str, signed_in: SignedIn) -> None:
    answer = signed_in("anonymous").get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_the_record_is_the_system_administrator_s(signed_in: SignedIn, cast: Cast) -> None:
    signed_in("officer").post("/account/", {"language": "en"})
    assert signed_in("coordinator").get("/record/").status_code == 403
    page = signed_in("system_admin").get("/record/").content.decode()
    assert "Huỳnh Văn An" in page
    assert "Huỳnh Văn An" not in signed_in("system_admin").get("/record/?who=Bình").content.decode()
    assert signed_in("system_admin").get("/record/?day=nonsense").status_code == 200


def test_one_menu_entry_is_current_the_nearest_one() -> None:
    scope = Scope({"system_admin": frozenset({1})})
    current = [item.href for item in navigation.items(scope, "/people/7/") if item.current]
    assert current == ["/people/"]
    assert [item.href for item in navigation.items(scope, "/") if item.current] == ["/"]
    assert [item.href for item in navigation.items(scope, "/help/") if item.current] == []


def test_the_menu_shows_what_the_role_has_work_in() -> None:
    administrator = Scope({"system_admin": frozenset({1})})
    officer = Scope({"officer": frozenset({1})})
    hers = {item.href for item in navigation.items(administrator, "/")}
    assert {"/people/", "/record/"} <= hers
    assert "/tasks/" not in hers
    assert "/tasks/" in {item.href for item in navigation.items(officer, "/")}
    assert "/people/" not in {item.href for item in navigation.items(officer, "/")}
