"""What the record of actions calls things of the register. Persons are told by their number alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.subjects import kinds

kinds(
    {
        "registry.round": _("round of the register"),
        "registry.runningsource": _("running source of records"),
        "registry.remit": _("right to read the register"),
        "registry.intake": _("list of people"),
        "registry.person": _("person in the register"),
        "registry.layout": _("layout of a list"),
        "registry.pair": _("pair of records"),
        "registry.merge": _("join of two persons"),
        "registry.takingout": _("records taken out of a person"),
        "registry.dataofficer": _("data officer"),
        "registry.lookup": _("look out of scope"),
        "registry.export": _("export of people"),
        "registry.recall": _("row of a file that is called back"),
        "registry.sharing": _("request to hand over people's data"),
        "registry.roundunit": _("unit of a round"),
        "registry.rightsrequest": _("request of a person"),
        "registry.subjectcopy": _("copy of a person's own data"),
        "registry.consent": _("consent"),
        "registry.consenttext": _("words of a consent"),
        "registry.verification": _("verification"),
        "registry.restriction": _("restriction of a person's data"),
        "registry.retentionrule": _("rule of how long things are kept"),
    }
)
