"""The parts of the register that a user is offered as tabs."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.template.context import RequestContext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.policies import can
from nhipcau.apps.registry.models import Intake, RetentionRule, RightsRequest

register = template.Library()

# A group's name, and its parts: the tab's code, the page, its name.
GROUPS = (
    (
        pgettext_lazy("register", "People"),
        (("people", "registry:people", pgettext_lazy("register", "People")),),
    ),
    (
        pgettext_lazy("register", "One person or two"),
        (
            ("pairs", "registry:pairs", _("Pairs to decide")),
            ("merges", "registry:merges", _("Joined persons")),
        ),
    ),
    (
        pgettext_lazy("register", "Lists and rounds"),
        (
            ("intakes", "registry:intakes", _("Lists of people")),
            ("rounds", "registry:rounds", _("Rounds and sources")),
        ),
    ),
    (
        pgettext_lazy("register", "Rights of people"),
        (
            ("rights", "registry:rights", _("Requests of people")),
            ("consents", "registry:consent_texts", _("Consents")),
            ("retention", "registry:retention", _("Retention")),
        ),
    ),
    (
        pgettext_lazy("register", "Reading and use"),
        (
            ("exports", "registry:exports", pgettext_lazy("register", "Exports")),
            ("remits", "registry:remits", _("Who may read")),
        ),
    ),
)
# Parts that not everybody who reads people has, and what she may do who has them.
NEEDED: dict[str, tuple[str, type[Model]]] = {
    "intakes": ("create", Intake),
    "rights": ("list", RightsRequest),
    "retention": ("list", RetentionRule),
}


@register.inclusion_tag("registry/tabs.html", takes_context=True)
def register_tabs(context: RequestContext, tab: str) -> dict[str, Any]:
    """Asked of what is kept on the user for the request: no query of its own once a page knows her reach."""
    user = context["request"].user
    groups = []
    for name, parts in GROUPS:
        mine = [part for part in parts if part[0] not in NEEDED or can(user, *NEEDED[part[0]])]
        if mine:
            groups.append({"name": name, "parts": mine, "here": any(code == tab for code, *_rest in mine)})
    return {"groups": groups, "tab": tab}
