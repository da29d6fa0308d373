"""Policies and scopes agree, for every model; nothing is open because somebody forgot it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from tests.cast import PEOPLE, Cast, make_user

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.policies import OF_MODELS, can, registered

# Models that nobody asks for by themselves, and through what they are reached instead.
EXEMPT = {
    "audit.edition": "marks of change without content; nobody reads them",
    "audit.seal": "the chain; read by `audit verify`",
    "audit.batch": "the chain; read by `audit verify`",
    "accounts.invitation": "through its user",
    "orgs.arrivalrow": "through its arrival",
    "orgs.handeditem": "through its handover",
    "orgs.organisationversion": "through its organisation",
    "orgs.alias": "through its organisation",
    "orgs.setmember": "through its set",
    "orgs.setphrase": "through its set",
    "orgs.restructuringstep": "through its restructuring",
    "orgs.stepunit": "through its restructuring",
    "orgs.allotmentrule": "through its restructuring",
    "orgs.allotment": "through its restructuring",
    "orgs.rowchange": "through its restructuring",
    "reference.calendarday": "through its version",
    "plans.citation": "through its document",
    "plans.notassigning": "through its document",
    "plans.reportingduty": "through its document",
    "plans.draftassignment": "through its draft",
    "plans.draftchange": "through its document",
    "plans.duedate": "through its task",
    "plans.taskperiod": "through its task",
    "plans.taskwording": "through its task",
    "plans.courseparticipants": "through its course",
    "plans.inspectionpaper": "through its inspection",
    "plans.visitedunit": "through its inspection",
    "plans.estimateamount": "through its line",
    "registry.intakerow": "through its intake",
    "registry.groupspell": "through its record",
    "registry.identitynumber": "through its record; opened by an act of its own",
    "registry.nationality": "through its record",
    "registry.residence": "through its record",
    "registry.roundunit": "through its round",
    "registry.unlinked": "what linking still has to do; a number alone, shown to nobody",
    "reporting.draftstep": "through its consolidation",
    "reporting.passageprint": "what its passage is compared by",
    "reporting.receivedcounter": "a count; the numbers stand on the reports",
}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("nhipcau.")]


def with_policy() -> list[type[models.Model]]:
    return sorted(registered(), key=lambda model: model._meta.label)


def test_every_model_has_a_policy_or_a_written_exemption() -> None:
    without = {model._meta.label_lower for model in ours()} - {m._meta.label_lower for m in registered()}
    assert without == set(EXEMPT)


@pytest.mark.parametrize("model", with_policy(), ids=lambda model: model._meta.label)
def test_may_view_is_the_same_as_is_in_scope(model: type[models.Model], cast: Cast) -> None:
    everything = list(model._base_manager.all())
    assert everything, "the world has none of these: add one, or the test proves nothing"
    for name in PEOPLE:
        user = getattr(cast, name)
        seen = set(model._default_manager.visible_to(user).values_list("pk", flat=True))  # type: ignore[attr-defined]
        may = {found.pk for found in everything if can(user, "view", found)}
        assert (name, seen) == (name, may)


@pytest.mark.parametrize("model", with_policy(), ids=lambda model: model._meta.label)
def test_nobody_and_the_locked_see_and_may_nothing(model: type[models.Model], cast: Cast) -> None:
    subject = model._base_manager.first()
    assert subject is not None
    for nobody in (AnonymousUser(), None, cast.leaver):
        assert not model._default_manager.visible_to(nobody).exists()  # type: ignore[attr-defined]
        for verb in ("view", *registered()[model]):
            assert not can(nobody, verb, subject)
            assert not can(nobody, verb, model)


@pytest.mark.parametrize("model", with_policy(), ids=lambda model: model._meta.label)
def test_an_unknown_verb_is_denied(model: type[models.Model], cast: Cast) -> None:
    subject = model._base_manager.first()
    assert subject is not None
    assert not can(cast.system_admin, "no_such_verb", subject)
    assert not can(cast.coordinator, "no_such_verb", model)


@pytest.mark.parametrize("name", ["system_admin", "coordinator", "officer"])
def test_every_verb_has_an_answer_about_the_model_as_such(cast: Cast, name: str) -> None:
    for model, verbs in registered().items():
        for verb in verbs:
            assert can(getattr(cast, name), verb, model) in (True, False)
            assert verb in OF_MODELS or not can(getattr(cast, name), verb, model)


def test_a_user_without_an_appointment_sees_herself_only(cast: Cast) -> None:
    idle = make_user("idle", "Chưa Có Việc")
    for model in with_policy():
        seen = list(model._default_manager.visible_to(idle))  # type: ignore[attr-defined]
        assert seen == ([idle] if model._meta.label == "accounts.User" else []), model


def test_the_system_acts_by_name(cast: Cast) -> None:
    assert can(System("nightly"), "lock", cast.officer)
