"""The review desk: two records side by side, what speaks for and against, an answer, the next pair."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import may, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.registry.actions import Decided, decide_pair, needs_reason, read_pair, undo_pair
from nhipcau.apps.registry.actions.decide_pair import ANSWERS, persons_of
from nhipcau.apps.registry.forms.review import AnswerForm
from nhipcau.apps.registry.joining import has_history
from nhipcau.apps.registry.linking.clusters import counts
from nhipcau.apps.registry.models import Intake, Merge, Pair
from nhipcau.apps.registry.reach import sees_all
from nhipcau.apps.registry.reviewing.evidence import chance, strongest, waterfall
from nhipcau.apps.registry.reviewing.kin import kin
from nhipcau.apps.registry.reviewing.neighbours import kin_of, near
from nhipcau.apps.registry.reviewing.queue import (
    STRENGTHS,
    Wanted,
    around,
    next_after,
    resting_pairs,
    waiting_pairs,
)
from nhipcau.apps.registry.reviewing.resting import at_rest
from nhipcau.apps.registry.reviewing.sides import Names, digests, head, lines
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25
WORKING: tuple[Role, ...] = ("coordinator", "officer", "commune_officer")
RELATED = tuple(
    f"{side}__{what}" for side in ("left", "right") for what in ("round", "running_source", "intake")
)
# Answer → key, sign and words of its button.
BUTTONS = {
    "same": ("1", "eq", gettext_lazy("One person")),
    "different": ("2", "ne", gettext_lazy("Two persons")),
    "sibling": ("3", "near", gettext_lazy("Brothers or sisters")),
    "unknown": ("4", "flag", pgettext_lazy("answer", "Cannot be told")),
}
# The pair that this officer answered last, in her session.
LAST = "registry.last_pair"


@for_roles(*WORKING)
@require_GET
def pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, the likeliest first."""
    user = user_of(request)
    wanted = Wanted.of(request.GET)
    resting = at_rest(user)
    rest = resting_pairs(user, resting, wanted)
    waiting = rest if wanted.resting else waiting_pairs(user, wanted, resting)
    # Numbers alone are turned over, in their index; records are read for the page that is shown.
    numbers = waiting.order_by("-weight", "pk").values_list("pk", flat=True)
    page = Paginator(numbers, PER_PAGE).get_page(request.GET.get("page"))
    shown = Pair.objects.visible_to(user).filter(pk__in=list(page)).select_related("left", "right")
    rows = list(shown.order_by("-weight", "pk"))
    names = Names.of([record for each in rows for record in (each.left, each.right)], user)
    count = page.paginator.count
    context = {
        "heading": _heading(count, wanted),
        "page_obj": page,
        "rows": [
            {
                "pair": each,
                "sides": [
                    {
                        "record": record,
                        "rests": resting.get(record.pk),
                        "origin": names.origin(record),
                        "sender": names.body(record.sender_id),
                    }
                    for record in (each.left, each.right)
                ],
                "chance": chance(each.weight),
                # What speaks for it says what the other one is like.
                "evidence": ("", "") if wanted.resting else strongest(each),
            }
            for each in rows
        ],
        "filtered": wanted.used,
        "wanted": wanted,
        "strengths": STRENGTHS,
        **_choices(user),
        "first": rows[0].pk if rows and not wanted.resting else None,
        "at_rest": 0 if wanted.resting else rest.count(),
        "to_look_at": sum(counts(user).values()),
        "tab": "pairs",
    }
    return render(request, "registry/review/pairs.html", context)


def _heading(count: int, wanted: Wanted) -> str:
    if wanted.resting:
        return ngettext("%(n)s pair of records rests", "%(n)s pairs of records rest", count) % {
            "n": format_number(count)
        }
    if not count:
        return _("No such pair waits") if wanted.used else _("No pair waits to be decided")
    return ngettext(
        "%(n)s pair of records waits to be decided", "%(n)s pairs of records wait to be decided", count
    ) % {"n": format_number(count)}


def _choices(user: User) -> dict[str, Any]:
    """Who sent lists, and the own communes: which of them pairs wait of is not asked of each pair."""
    lists = Intake.objects.visible_to(user).filter(state=Intake.State.CONFIRMED)
    senders = set(lists.order_by().values_list("sender", flat=True).distinct())
    names = Names.of((), user, more=senders)
    return {
        "senders": sorted(((pk, names.body(pk)) for pk in senders), key=lambda each: each[1]),
        "places": _own_places(user),
    }


def _own_places(user: User) -> list[tuple[int, str]]:
    rows = OrganisationVersion.objects.visible_to(user).working()
    today = rows.filter(valid__contains=timezone.localdate(), organisation__realm=Organisation.Realm.PLACE)
    return list(today.order_by("name_sort").values_list("organisation_id", "name"))


@for_roles()
@require_GET
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(_with_records(Pair.objects.visible_to(user)), pk=pk)
    read_pair(found, actor=user)
    return _desk(request, found, AnswerForm(asked=request.GET.get("answer", "")))


def _with_records(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    return pairs.select_related(*RELATED, "decided_by").prefetch_related(
        "left__identity_numbers", "right__identity_numbers"
    )


def _desk(request: HttpRequest, found: Pair, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    """About twenty queries, whatever is near. Of a pair that rests nothing but whose it is, to the keeper."""
    user = user_of(request)
    resting = at_rest(user)
    if found.left_id in resting or found.right_id in resting:
        return _at_rest(request, found, resting, status=status)
    wanted = Wanted.of(request.GET)
    persons = persons_of(found)
    around_it = near(found, user, persons, resting)
    names = Names.of([each.record for each in around_it.nodes], user)
    decides = may(user, "decide", found)
    is_open = found.state == Pair.State.OPEN
    merge = Merge.objects.visible_to(user).filter(pair=found).order_by("-pk").first()
    one = len(set(persons.values())) < 2
    joinable = decides and is_open and not one
    last = request.session.get(LAST)
    context = {
        "pair": found,
        "heads": [head("A", found.left, names), head("B", found.right, names)],
        "persons": [persons.get(found.left_id), persons.get(found.right_id)],
        "lines": lines(found.left, found.right, names, (digests(found.left), digests(found.right))),
        "waterfall": waterfall(found),
        "kin": kin(found.left, found.right),
        "near": around_it,
        "named": [
            (
                node,
                edges,
                names.origin(node.record),
                names.body(node.record.sender_id),
                kin_of(node, found),
            )
            for node, edges in around_it.others
        ],
        "around": around(found, waiting_pairs(user, wanted, resting)),
        "query": wanted.query,
        "form": form,
        "is_open": is_open,
        "one_person": one,
        "merge": merge,
        "second": joinable and all(has_history(each) for each in persons.values()),
        "decides": decides,
        "answers": [
            {"value": value, "key": key, "icon": icon, "words": words, "why": needs_reason(found, value)}
            for value, (key, icon, words) in BUTTONS.items()
            if value != found.state
        ],
        "why_needed": [BUTTONS[each][2] for each in ANSWERS if is_open and needs_reason(found, each)],
        "reasons": _own_reasons(user) if decides else (),
        "last": last if decides and last != found.pk else None,
    }
    return render(request, "registry/review/pair.html", context, status=status)


def _at_rest(
    request: HttpRequest, found: Pair, resting: dict[int, int], *, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    if not sees_all(user):
        raise Http404
    persons = persons_of(found)
    context = {
        "pair": found,
        "sides": [
            {"record": record, "rests": resting.get(record.pk), "person": persons.get(record.pk)}
            for record in (found.left, found.right)
        ],
    }
    return render(request, "registry/review/resting.html", context, status=status)


def _own_reasons(user: User) -> list[str]:
    """The reasons that she gave last, each once."""
    told = Pair.objects.visible_to(user).filter(decided_by=user).exclude(reason="")
    return list(dict.fromkeys(told.order_by("-decided_at").values_list("reason", flat=True)[:30]))[:8]


@for_roles()
@require_POST
def pair_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`answer`: one of the four; `seen`: the state that stood on the page. Then the next pair."""
    user = user_of(request)
    found = get_object_or_404(_with_records(Pair.objects.visible_to(user)), pk=pk)
    require(user, "decide", found)
    wanted, before = Wanted.of(request.GET), request.POST.get("seen", Pair.State.OPEN)
    form = AnswerForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            done = decide_pair(found, values["answer"], reason=values["reason"], actor=user, seen=before)
        except Refused as refused:
            found.refresh_from_db()
            form.add_error("reason" if form.lacks_reason(found) else None, str(refused))
        else:
            return _on(request, done, wanted, changed=before != Pair.State.OPEN)
    return _desk(request, found, form, status=422)


def _on(request: HttpRequest, done: Decided, wanted: Wanted, *, changed: bool) -> HttpResponse:
    """What was done is said on the page of the next pair; a changed answer shows its own page again."""
    messages.success(request, _what_was_done(done))
    if changed:
        request.session.pop(LAST, None)
        return redirect("registry:pair", done.pair.pk)
    request.session[LAST] = done.pair.pk
    user = user_of(request)
    following = next_after(done.pair, waiting_pairs(user, wanted))
    if following is None:
        return redirect(f"{reverse('registry:pairs')}{wanted.query}")
    return redirect(f"{reverse('registry:pair', args=[following])}{wanted.query}")


def _what_was_done(done: Decided) -> str:
    if done.waits:
        return _("Noted as one person. Both were worked on by hand, so the join waits for a second officer.")
    if done.merge is not None:
        return _("They are one person now. It can be taken apart again.")
    if done.pair.state == Pair.State.SAME:
        return _("Noted. They were one person already.")
    return _("Noted: %(answer)s.") % {"answer": done.pair.get_state_display()}


@for_roles()
@require_POST
def pair_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer's last answer is taken back, and its pair shown again."""
    user = user_of(request)
    found = get_object_or_404(Pair.objects.visible_to(user), pk=pk)
    require(user, "decide", found)
    try:
        undo_pair(found, actor=user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back: the pair waits again, as before."))
    request.session.pop(LAST, None)
    return redirect(f"{reverse('registry:pair', args=[pk])}{Wanted.of(request.GET).query}")
