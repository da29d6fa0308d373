"""Who looks after personal data, and what they and the second officers are told."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.orgs.holders import at_work, holders
from nhipcau.apps.registry.models import DataOfficer, Remit

LOOKS, LEAVING = _("Looks out of scope"), _("People's data that leaves")
KINDS = {
    "registry.looked_up": (
        LOOKS,
        _("%(who)s looked at a person out of her scope. Review it by %(until)s."),
    ),
    "registry.misuse": (
        LOOKS,
        _("Your look at a person out of your scope was found to be misuse: %(words)s"),
    ),
    "registry.export_asked": (
        LEAVING,
        _("%(who)s asks for an export of %(people)s people; a second officer decides."),
    ),
    "registry.export_decided": (LEAVING, _("Your export of %(people)s people was decided on.")),
    "registry.export_ready": (LEAVING, _("Your export of %(people)s people is ready until %(until)s.")),
    "registry.export_withdrawn": (
        LEAVING,
        _(
            "Your export no. %(n)s holds somebody whose data may not be used any more. Its file here is"
            " deleted; delete your copies, and ask for a new export if you still need it."
        ),
    ),
    "registry.recall": (
        LEAVING,
        _(
            "Export no. %(n)s has left the register with somebody whose data may not be used any more. Tell"
            " whoever has it."
        ),
    ),
    "registry.sharing_asked": (LEAVING, _("%(body)s asks for people's data; a second officer decides.")),
    "registry.keeper_changed": (LEAVING, _("%(body)s keeps the register from %(since)s.")),
}


def register() -> None:
    registers.kinds(KINDS)
    registers.pages(
        {
            "registry.lookup": "registry:lookup",
            "registry.export": "registry:export",
            "registry.sharing": "registry:sharing",
        }
    )


def data_officers() -> list[User]:
    """Those who are named for today; while there are none, whoever keeps the register."""
    today = timezone.localdate()
    named = DataOfficer.objects.filter(valid__contains=today).order_by().values("user")
    return list(User.objects.filter(pk__in=named, is_active=True)) or keepers()


def somebody_is_named() -> bool:
    return DataOfficer.objects.filter(valid__contains=timezone.localdate()).exists()


def keepers() -> list[User]:
    """Whoever reads the whole register today, as registry_scope says it."""
    today = timezone.localdate()
    remits = Remit.objects.filter(group="")
    bodies = list(remits.filter(valid__contains=today).values_list("organisation", flat=True))
    if bodies:
        return holders(("coordinator", "officer"), today, bodies)
    if remits.filter(valid__startswith__lte=today).exists():
        return []
    role: Role = "coordinator"
    return holders((role,), today)


def others_at_work(user: User) -> list[User]:
    """Whom she may name as data officer: others who hold a role today."""
    there = User.objects.filter(pk__in=at_work(timezone.localdate()), is_active=True)
    return list(there.exclude(pk=user.pk))
