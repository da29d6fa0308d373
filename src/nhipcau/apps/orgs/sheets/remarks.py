"""What is said of a row: a code with values is kept, the sentence is made in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.models import Appointment, OrganisationVersion

WORDS: dict[str, str | Promise] = {
    "missing": _("Nothing stands here. Fill it in."),
    "no-column": _("The sheet has no column for this. Use the template's heads."),
    "too-long": _("Longer than %(most)s characters. Shorten it."),
    "not-a-name": _("This is no name. Write it in letters."),
    "no-kind": _("“%(text)s” is no kind of agency. Choose one of the template's list."),
    "no-role": _("“%(text)s” is no role. Choose one of the template's list."),
    "no-post": _("“%(text)s” is no post. Choose one of the template's list, or leave it empty."),
    "role-not-yours": _("You may not give this role. Ask the system administrator."),
    "no-mail": _("“%(text)s” is no mail address."),
    "no-day": _("“%(text)s” is no day. Write it as 31/12/2027."),
    "until-before-since": _("The last day lies before the first."),
    "no-agency": _(
        "No agency is called “%(text)s”. Write it as in the list of agencies, or add it to the sheet."
    ),
    "agency-wrong": _("The agency's own row (%(row)s) is wrong. Mend that one first."),
    "several": _("Several agencies could be meant: %(names)s. Write the full name."),
    "code-taken": _("The code %(text)s is that of “%(name)s”."),
    "similar": _(
        "“%(name)s” is known and differs in marks only. Write it so, or add yours on the agencies' page."
    ),
    "twice": _("The same as row %(row)s."),
    "another-name": _("Row %(row)s gives this mail address another name: “%(name)s”."),
    "circle": _("The agencies above it lead back to itself."),
    "locked": _("This account is locked. Unlock it on its page first."),
    "period-taken": _(
        "This role at this agency is held in another period, from %(since)s. Change it on the person's page."
    ),
    "differs": _(
        "Here it is “%(ours)s”, in the sheet “%(theirs)s”. It stays as it is; change it on its own page."
    ),
    "adds-role": _("The account is known; it is given this role."),
    "adds-alias": _("Another name is added: “%(text)s”."),
}
# Those with which a row may be entered all the same.
HARMLESS = frozenset(("differs", "adds-role", "adds-alias"))
APPLIED = frozenset(("adds-role", "adds-alias"))


def remark(column: str, code: str, **values: object) -> dict[str, Any]:
    """As it is kept."""
    return {"column": column, "code": code, "values": {name: str(value) for name, value in values.items()}}


def sentence(kept: Mapping[str, Any]) -> str:
    """As plain text, for a sheet."""
    words = str(WORDS[kept["code"]])
    return words % _shown(kept["values"]) if "%(" in words else words


def marked(kept: Mapping[str, Any]) -> SafeString:
    """As HTML: what the sender wrote is marked as hers."""
    words = escape(str(WORDS[kept["code"]]))
    if "%(" not in words:
        return words
    values = {
        name: format_html("<span data-user-text>{}</span>", value)
        for name, value in _shown(kept["values"]).items()
    }
    return mark_safe(words % values)  # noqa: S308 - both parts are escaped


def _shown(values: Mapping[str, str]) -> dict[str, str]:
    """Stored words of ours (a kind, a role) in the reader's language."""
    ours = {
        **dict(OrganisationVersion.Kind.choices),
        **dict(Appointment.Role.choices),
        **dict(Appointment.Post.choices),
    }
    return {name: str(ours.get(value, value)) for name, value in values.items()}
