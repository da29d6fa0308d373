"""The record says what was acted on in words, with its name for those who may see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from tests.cast import Cast, SignedIn

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.rows import tracked_models
from nhipcau.apps.audit.subjects import Called, kinds, naming, registered_kinds, subjects
from nhipcau.apps.orgs.actions import add_alias, create_organisation
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import Document


def event(label: str, pk: object) -> Event:
    return Event(verb="x", subject_type=label, subject_id=str(pk))


def test_every_model_on_record_has_a_word() -> None:
    """Add the word in the app's `subjects.py`."""
    assert {model._meta.label_lower for model in tracked_models()} - registered_kinds() == set()


def test_the_page_names_organisations_people_and_appointments(cast: Cast, signed_in: SignedIn) -> None:
    made = create_organisation("Sở Mới Lập", "department", actor=cast.coordinator)
    add_alias(made, "Sở ML", actor=cast.coordinator)
    page = signed_in("system_admin").get("/record/").content.decode()
    assert f'<a href="/organisations/{made.pk}/"' in page
    assert "cơ quan, tổ chức" in page
    assert "orgs.organisation" not in page


def test_names_are_those_that_the_reader_may_see(cast: Cast) -> None:
    hidden = Document.objects.create(title="Kế hoạch riêng", number="9/KH", created_by=cast.coordinator)
    events = [event("plans.document", hidden.pk), event("accounts.user", cast.officer.pk)]
    seen = subjects(events, cast.coordinator)
    assert "Kế hoạch riêng" in seen["plans.document", str(hidden.pk)].name
    nobody = subjects(events, None)
    assert {each.name for each in nobody.values()} == {""}


def test_a_row_that_is_gone_and_a_type_that_is_unknown_keep_their_number(cast: Cast) -> None:
    with translation.override("en"):
        found = subjects([event("plans.task", 999_999), event("old.thing", "²")], cast.coordinator)
    assert (found["plans.task", "999999"].kind, found["plans.task", "999999"].number) == ("task", "999999")
    assert found["old.thing", "²"].kind == "old.thing"


@pytest.mark.parametrize("odd", ["", "²", "9" * 30, "abc", "-1"])
def test_an_id_that_is_none_breaks_nothing(cast: Cast, odd: str) -> None:
    assert subjects([event("orgs.organisation", odd)], cast.coordinator)["orgs.organisation", odd].name == ""


def test_a_page_of_many_events_asks_once_for_each_type(cast: Cast, django_assert_num_queries: Any) -> None:
    everyone = [event("accounts.user", user.pk) for user in User.objects.all()]
    bodies = [event("orgs.organisation", body.pk) for body in Organisation.objects.all()]
    subjects(bodies, cast.system_admin)
    with django_assert_num_queries(3):
        found = subjects([*everyone, *bodies], cast.system_admin)
    assert all(each.name and each.href for each in found.values())


def test_a_model_is_registered_once() -> None:
    with pytest.raises(ValueError, match="already"):
        kinds({"plans.task": "x"})
    with pytest.raises(ValueError, match="already"):
        naming("plans.task", lambda _ids, _user: {"1": Called("x")})
