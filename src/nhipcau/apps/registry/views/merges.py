"""Two persons who are one: found, said, decided by a second officer, taken apart again."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import may, require
from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions import decide_merge, merge_persons, take_apart
from nhipcau.apps.registry.forms.joining import ApartForm, DecideForm, JoinForm
from nhipcau.apps.registry.models import Merge, Person, SourceRecord
from nhipcau.apps.registry.reviewing.sides import Names, source_of
from nhipcau.apps.registry.search import found_by
from nhipcau.apps.registry.views.person_rows import Row, rows_of
from nhipcau.apps.webkit.addresses import typed

MOST_OTHERS, PER_PAGE = 20, 25
WORKING: tuple[Role, ...] = ("coordinator", "officer", "commune_officer")


@for_roles()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is the same as this one? Found by name first, or by what is typed."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user).standing(), pk=pk)
    require(user, "merge", person)
    if person.restricted_at is not None:
        return redirect("registry:person", pk)
    words = typed(request, "q", 200)
    others = _others(user, person, words)
    form = JoinForm(posted(request), others=[each.pk for each in others])
    if on := acted(
        request,
        form,
        lambda: _join(person, others, form.cleaned_data, user),
        to=lambda made: reverse("registry:merge", args=[made.pk]),
        said=lambda made: (
            _("A second officer has to agree: both were worked on by hand.")
            if made.state == Merge.State.PROPOSED
            else _("They are one person now. It can be taken apart again.")
        ),
    ):
        return on
    context = {
        "person": person,
        "this": rows_of([person], user)[0],
        "others": rows_of(others, user),
        "words": words,
        "form": form,
    }
    return render(request, "registry/join.html", context, status=422 if form.errors else 200)


def _join(person: Person, others: list[Person], said: dict[str, Any], user: User) -> Merge:
    """The older number stays."""
    other = next(each for each in others if each.pk == said["other"])
    kept, gone = sorted((person, other), key=lambda each: each.pk)
    return merge_persons(kept, gone, reason=said["reason"], actor=user)


def _others(user: User, person: Person, words: str) -> list[Person]:
    """Without words those whose name has the same first and last word, in any order, or one of them."""
    name = person.name.split()
    ids = found_by(words or " ".join({name[0], name[-1]} if name else ())) or []
    if not words and name and set(ids) <= {person.pk}:
        # Nobody of that name: a given name or a surname with the same year.
        ids = [pk for word in (name[-1], name[0]) for pk in found_by(f"{word} {person.birth[:4]}") or []]
    found = Person.objects.visible_to(user).usable().filter(pk__in=ids).exclude(pk=person.pk)
    return list(found.order_by("name_sort", "pk")[:MOST_OTHERS])


@for_roles(*WORKING)
@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """Those that wait first."""
    user = user_of(request)
    # What the system joined stands on each person's page of links: here it would hide what waits.
    every = Merge.objects.visible_to(user).exclude(asked_by=None, state=Merge.State.DONE)
    waiting = every.filter(state=Merge.State.PROPOSED).count()
    rows = every.select_related("kept", "gone", "asked_by").order_by("-pk")
    page = Paginator(
        sorted(rows[:500], key=lambda each: each.state != Merge.State.PROPOSED), PER_PAGE
    ).get_page(request.GET.get("page"))
    heading = ngettext(
        "%(n)s join waits for a second officer", "%(n)s joins wait for a second officer", waiting
    )
    context = {
        "heading": heading % {"n": waiting} if waiting else _("No join waits"),
        "page_obj": page,
        "without_filters": True,
        "tab": "merges",
    }
    return render(request, "registry/merges.html", context)


@for_roles()
@require_GET
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Merge.objects.visible_to(user_of(request)), pk=pk)
    return _page(request, found)


def _page(request: HttpRequest, found: Merge, **forms: Any) -> HttpResponse:
    """Both side by side, what was said, and what can be done."""
    user = user_of(request)
    # Of one who was joined nothing is left but the records that came with her.
    sides: list[Row] = rows_of([each for each in (found.kept, found.gone) if each.records], user)
    moved = SourceRecord.objects.visible_to(user).filter(pk__in=found.moved)
    moved = moved.select_related("round", "running_source")
    # Of who is restricted nothing is shown but the number, and nothing decided.
    rests = any(each.restricted_at is not None for each in (found.kept, found.gone))
    if rests:
        moved = moved.none()
    names = Names.of(moved, user)
    waits = found.state == Merge.State.PROPOSED and not rests
    context = {
        "merge": found,
        "sides": sides,
        "moved": [
            {"record": each, "sender": names.body(each.sender_id), "source": source_of(each)}
            for each in moved
        ],
        "may_decide": waits and may(user, "decide", found) and found.asked_by_id != user.pk,
        "own": waits and found.asked_by_id == user.pk,
        "may_part": found.state == Merge.State.DONE and not rests and may(user, "take_apart", found),
        "decide_form": forms.get("decide") or DecideForm(auto_id="decide_%s"),
        "apart_form": forms.get("apart") or ApartForm(auto_id="apart_%s"),
    }
    return render(request, "registry/merge.html", context, status=422 if forms else 200)


@for_roles()
@require_POST
def merge_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`answer`: yes or no."""
    user = user_of(request)
    found = get_object_or_404(Merge.objects.visible_to(user), pk=pk)
    require(user, "decide", found)
    form = DecideForm(request.POST, auto_id="decide_%s")
    agrees = request.POST.get("answer") == "yes"
    if on := acted(
        request,
        form,
        lambda: decide_merge(found, agrees=agrees, reason=form.cleaned_data["reason"], actor=user),
        to=reverse("registry:merge", args=[pk]),
        said=_("They are one person now.") if agrees else _("They stay two persons."),
    ):
        return on
    return _page(request, found, decide=form)


@for_roles()
@require_POST
def merge_apart(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(Merge.objects.visible_to(user), pk=pk)
    require(user, "take_apart", found)
    form = ApartForm(request.POST, auto_id="apart_%s")
    if on := acted(
        request,
        form,
        lambda: take_apart(found, reason=form.cleaned_data["reason"], actor=user),
        to=reverse("registry:merge", args=[pk]),
        said=_("They are two persons again, each with her own records."),
    ):
        return on
    return _page(request, found, apart=form)
