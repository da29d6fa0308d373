"""The first administrator is made from the command line, and only the first."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, OrganisationVersion

pytestmark = pytest.mark.django_db(transaction=True)

WHO = ("Ha@Tinh.example.vn", "Lê Thu Hà")


def run(*arguments: str, agency: str = "Sở Ngoại vụ") -> str:
    out = io.StringIO()
    call_command("first_administrator", *arguments, agency=agency, abbreviation="SNV", stdout=out)
    return out.getvalue()


def link_in(printed: str) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", printed)
    assert found, printed
    return found[1]


def test_an_empty_instance_gets_an_administrator_an_agency_and_a_link(client):
    printed = run(*WHO)

    user = User.objects.get()
    assert (user.email, user.full_name) == ("ha@tinh.example.vn", "Lê Thu Hà")
    assert Appointment.objects.get().role == "system_admin"
    assert OrganisationVersion.objects.get().name == "Sở Ngoại vụ"
    assert client.get(link_in(printed), follow=True).status_code == 200


def test_a_second_one_is_refused():
    run(*WHO)
    with pytest.raises(CommandError, match="system administrator"):
        run("tri@tinh.example.vn", "Nguyễn Trí")
    assert User.objects.count() == 1


def test_the_only_administrator_who_lost_her_password_gets_a_new_link():
    run(*WHO)
    assert link_in(run(*WHO))
    assert Appointment.objects.count() == 1


def test_when_the_administrator_is_locked_another_can_be_made():
    run(*WHO)
    User.objects.update(is_active=False)
    run("tri@tinh.example.vn", "Nguyễn Trí")
    assert OrganisationVersion.objects.count() == 1
    assert Appointment.objects.count() == 2
