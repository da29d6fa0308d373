"""Accounts and appointments by page: who may, what is refused, what stays."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.cast import Cast, SignedIn

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment

NEW = {"full_name": "Mai Thị  Mới", "email": "Moi@example.vn", "valid_from": "05/6/2026"}


def test_the_list_shows_everyone_with_her_role(signed_in: SignedIn, cast: Cast) -> None:
    page = signed_in("system_admin").get("/people/").content.decode()
    assert "Huỳnh Văn An" in page
    assert "Sở Công Thương tỉnh Mẫu" in page
    assert "Bùi Văn Nghỉ" in page


def test_a_search_needs_no_marks(signed_in: SignedIn, cast: Cast) -> None:
    page = signed_in("system_admin").get("/people/?q=huynh an").content.decode()
    assert "Huỳnh Văn An" in page
    assert "Võ Thị Bình" not in page


def test_the_list_asks_the_same_number_of_questions_however_long(
    signed_in: SignedIn, cast: Cast, django_assert_max_num_queries: object
) -> None:
    client = signed_in("system_admin")
    client.get("/people/")
    for n in range(20):
        User.objects.create_user(f"x{n}@example.vn", f"Người {n}")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        client.get("/people/")


@pytest.mark.parametrize("who", ["leader", "officer", "commune_officer", "reader"])
def test_others_do_not_reach_the_people(who: str, signed_in: SignedIn) -> None:
    assert signed_in(who).get("/people/").status_code == 403


def test_a_new_person_gets_an_account_and_an_appointment_in_one_step(signed_in: SignedIn, cast: Cast) -> None:
    wanted = {**NEW, "role": "officer", "organisation": cast.department_a.pk}
    answer = signed_in("system_admin").post("/people/new/", wanted)
    user = User.objects.get(email="moi@example.vn")
    assert answer.headers["Location"] == f"/people/{user.pk}/"
    assert user.full_name == "Mai Thị Mới"
    held = Appointment.objects.get(user=user)
    assert (held.role, held.valid.lower) == ("officer", date(2026, 6, 5))


def test_nothing_is_half_saved_when_the_appointment_is_wrong(signed_in: SignedIn, cast: Cast) -> None:
    wanted = {**NEW, "role": "officer", "organisation": cast.department_a.pk, "valid_from": "31/02/2026"}
    answer = signed_in("system_admin").post("/people/new/", wanted)
    assert answer.status_code == 422
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_an_address_that_has_an_account_is_refused_with_what_to_do(signed_in: SignedIn, cast: Cast) -> None:
    wanted = {**NEW, "email": cast.officer.email, "role": "officer", "organisation": cast.department_a.pk}
    answer = signed_in("system_admin").post("/people/new/", wanted)
    assert answer.status_code == 422
    assert "nc-summary" in answer.content.decode()


def test_a_coordinator_cannot_make_a_coordinator(signed_in: SignedIn, cast: Cast) -> None:
    wanted = {"role": "coordinator", "organisation": cast.lead_agency.pk, "valid_from": "05/6/2026"}
    answer = signed_in("coordinator").post(f"/people/{cast.officer.pk}/appoint/", wanted)
    assert answer.status_code == 422
    assert not Appointment.objects.filter(user=cast.officer, role="coordinator").exists()


def test_the_same_role_twice_in_one_time_is_refused(signed_in: SignedIn, cast: Cast) -> None:
    wanted = {"role": "officer", "organisation": cast.department_a.pk, "valid_from": "05/6/2026"}
    answer = signed_in("system_admin").post(f"/people/{cast.officer.pk}/appoint/", wanted)
    assert answer.status_code == 422
    assert Appointment.objects.filter(user=cast.officer).count() == 1


def test_an_invitation_is_shown_once_and_opens_the_password_page(signed_in: SignedIn, cast: Cast) -> None:
    page = signed_in("system_admin").post(f"/people/{cast.officer.pk}/invite/").content.decode()
    found = re.search(r'value="http://testserver(/accounts/password/reset/key/[^"]+)"', page)
    assert found is not None
    assert Client().get(found[1], follow=True).status_code == 200


def test_an_ended_appointment_stays_with_its_reason(signed_in: SignedIn, cast: Cast) -> None:
    held = Appointment.objects.get(user=cast.officer)
    client = signed_in("system_admin")
    address = f"/people/{cast.officer.pk}/appointments/{held.pk}/end/"
    assert client.post(address, {"last_day": "30/6/2026", "reason": ""}).status_code == 422
    assert client.post(address, {"last_day": "30/6/2026", "reason": "chuyển công tác"}).status_code == 302
    held.refresh_from_db()
    assert (held.valid.upper, held.ended_reason) == (date(2026, 7, 1), "chuyển công tác")


def test_a_post_is_changed_on_the_page_and_the_earlier_one_stays(signed_in: SignedIn, cast: Cast) -> None:
    held = Appointment.objects.get(user=cast.officer)
    client = signed_in("coordinator")
    address = f"/people/{cast.officer.pk}/appointments/{held.pk}/post/"
    refused = client.post(address, {"post": "head", "from_day": "01/11/2026", "reason": ""})
    assert refused.status_code == 422
    assert f"post{held.pk}_reason" in refused.content.decode()
    sent = {"post": "head", "from_day": "01/11/2026", "reason": "Bổ nhiệm"}
    assert client.post(address, sent).status_code == 302
    assert Appointment.objects.filter(user=cast.officer).count() == 2
    assert "Bổ nhiệm" in client.get(f"/people/{cast.officer.pk}/").content.decode()


def test_another_s_appointment_is_not_found_under_this_person(signed_in: SignedIn, cast: Cast) -> None:
    held = Appointment.objects.get(user=cast.outsider)
    address = f"/people/{cast.officer.pk}/appointments/{held.pk}/end/"
    answer = signed_in("system_admin").post(address, {"last_day": "30/6/2026", "reason": "x"})
    assert answer.status_code == 404


def test_locking_needs_a_reason_and_unlocking_too(signed_in: SignedIn, cast: Cast) -> None:
    client, address = signed_in("system_admin"), f"/people/{cast.officer.pk}/"
    assert client.post(address + "lock/", {"reason": ""}).status_code == 422
    assert client.post(address + "lock/", {"reason": "nghỉ việc"}).status_code == 302
    assert not User.objects.get(pk=cast.officer.pk).is_active
    assert client.post(address + "unlock/", {"reason": "trở lại"}).status_code == 302
    assert User.objects.get(pk=cast.officer.pk).is_active


def test_a_locked_person_s_page_says_why(signed_in: SignedIn, cast: Cast) -> None:
    assert "Nghỉ hưu" in signed_in("system_admin").get(f"/people/{cast.leaver.pk}/").content.decode()


def test_signing_someone_out_ends_her_sessions(signed_in: SignedIn, cast: Cast) -> None:
    hers = signed_in("officer")
    assert hers.get("/account/").status_code == 200
    signed_in("system_admin").post(f"/people/{cast.officer.pk}/sign-out/")
    assert hers.get("/account/").status_code == 302
