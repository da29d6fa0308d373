"""A person is erased, on a page of its own that says what goes and what stays."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions import erase_person
from nhipcau.apps.registry.actions.erase_person import Ground
from nhipcau.apps.registry.forms.erasing import EraseForm
from nhipcau.apps.registry.models import Person, RightsRequest
from nhipcau.apps.webkit.addresses import whole


@for_roles()
@require_http_methods(["GET", "POST"])
def person_erase(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    require(user, "erase", found)
    form = EraseForm(posted(request), initial=_of_request(request, user))
    if on := acted(
        request,
        form,
        lambda: erase_person(
            found,
            request=form.cleaned_data["request"],
            ground=form.cleaned_data["ground"],
            actor=user,
        ),
        to="registry:people",
        said=_("Erased. What is left tells nobody who it was."),
    ):
        return on
    context = {"form": form, "person": found}
    return render(request, "registry/erase.html", context, status=422 if form.errors else 200)


def _of_request(request: HttpRequest, user: User) -> dict[str, str]:
    """The number of the request that the page was reached from."""
    number = whole(request.GET.get("request", ""))
    asked = RightsRequest.objects.visible_to(user).filter(pk=number).first() if number else None
    return {"request": asked.number, "ground": Ground.ASKED} if asked is not None else {}
