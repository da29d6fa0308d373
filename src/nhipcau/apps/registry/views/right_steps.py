"""The steps of a request as the page offers them: which form each asks, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions import (
    acknowledge_request,
    check_identity,
    extend_request,
    find_requester,
    finish_request,
    grant_request,
    make_copy,
    refuse_request,
    take_back_request,
)
from nhipcau.apps.registry.forms.rights import IdentityForm, StepForm
from nhipcau.apps.registry.models import Person, RightsRequest

Data = QueryDict | None


class Problem(Exception):
    """What was sent cannot be read; `form` says why."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__()
        self.form = form


@dataclass(frozen=True, slots=True)
class Step:
    """`form` makes it, of what was sent or empty; `carry` carries out what it understood."""

    name: str
    done: str | Promise
    form: Callable[[Data, RightsRequest], forms.Form]
    carry: Callable[[RightsRequest, Mapping[str, Any], User], object]

    def take(self, request: RightsRequest, data: QueryDict, user: User) -> str:
        form = self.form(data, request)
        if not form.is_valid():
            raise Problem(form)
        self.carry(request, form.cleaned_data, user)
        return str(self.done)


class _FindForm(forms.Form):
    person = forms.IntegerField(min_value=1, max_value=2**62)


def _find(request: RightsRequest, values: Mapping[str, Any], user: User) -> None:
    person = Person.objects.visible_to(user).filter(pk=values["person"]).first()
    if person is None:
        raise Http404
    find_requester(request, person, actor=user)


_STEPS = (
    Step(
        "acknowledge",
        _("Noted. The next day to keep is that of the answer."),
        lambda data, _request: StepForm(data, day=_("Told on"), auto_id="ack_%s"),
        lambda request, values, user: acknowledge_request(request, on=values["day"], actor=user),
    ),
    Step("find", _("Noted whom the request is about."), lambda data, _request: _FindForm(data), _find),
    Step(
        "check",
        _("Noted how the identity was checked."),
        lambda data, request: IdentityForm(
            data, initial={"identity": request.identity, "mandate": request.mandate}, auto_id="check_%s"
        ),
        lambda request, values, user: check_identity(
            request, identity=values["identity"], mandate=values["mandate"], actor=user
        ),
    ),
    Step(
        "extend",
        _("Extended. Tell who asked the reason and the new day."),
        lambda data, request: StepForm(
            data,
            day=_("New day"),
            words=_("Reason"),
            initial={"day": request.due_on},
            auto_id="extend_%s",
        ),
        lambda request, values, user: extend_request(
            request, to=values["day"], reason=values["words"], actor=user
        ),
    ),
    Step(
        "grant",
        _("Granted. Carry it out now."),
        lambda data, _request: StepForm(data, auto_id="grant_%s"),
        lambda request, _values, user: grant_request(request, actor=user),
    ),
    Step(
        "refuse",
        _("Refused. Tell who asked the reason."),
        lambda data, _request: StepForm(data, words=_("Reason, with the legal basis"), auto_id="refuse_%s"),
        lambda request, values, user: refuse_request(request, reason=values["words"], actor=user),
    ),
    Step(
        "copy",
        _("The copy is made. Download it and hand it over."),
        lambda data, _request: StepForm(data, auto_id="copy_%s"),
        lambda request, _values, user: make_copy(request, actor=user),
    ),
    Step(
        "finish",
        _("Carried out. The request is closed."),
        lambda data, _request: StepForm(
            data, words=_("How it was answered: letter, handed over in person, …"), auto_id="finish_%s"
        ),
        lambda request, values, user: finish_request(request, how=values["words"], actor=user),
    ),
    Step(
        "take_back",
        _("Noted. The request is closed."),
        lambda data, _request: StepForm(
            data, words=_("How who asked said that it is not wanted any more"), auto_id="back_%s"
        ),
        lambda request, values, user: take_back_request(request, reason=values["words"], actor=user),
    ),
)
STEPS = {step.name: step for step in _STEPS}
