"""What one sender said about one person, once: never changed. A person is what her records say together."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.models.described import Described
from nhipcau.apps.registry.models.remit import Group
from nhipcau.apps.registry.models.rounds import Round, RunningSource
from nhipcau.apps.registry.reach import records_seen_by

# A date as far as it is known: 1962, 1962-05 or 1962-05-30. Text in this form sorts as dates do.
PARTIAL = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

FROZEN_RECORD = pgtrigger.Trigger(
    name="frozen",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="""
        if tg_op = 'DELETE' and registry_is_undone(old.intake_id) then
            return old;
        end if;
        if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at is not null then
            return new;
        end if;
        raise exception 'record % is never changed', old.id using errcode = 'NC001';
    """,
)


class SourceRecordQuerySet(models.QuerySet["SourceRecord"]):
    def visible_to(self, user: object) -> SourceRecordQuerySet:
        """The records of people in her scope, and those that her own body sent."""
        return self.filter(records_seen_by(user))

    def standing(self) -> SourceRecordQuerySet:
        """Those that were not erased."""
        return self.filter(erased_at=None)


class SourceRecord(Described):
    """`written` is each cell as it stood, by heading; the columns are what it was understood to say.

    An officer's correction is a record too: what it leaves empty says nothing. `place` is the commune (or
    whatever was told) that the person comes from, as it is now where that is certain, and as it was written
    where not; `place_text` is what stood there.
    """

    class Origin(models.TextChoices):
        LIST = "list", _("from a list")
        PAPER = "paper", _("entered by hand")
        CORRECTION = "correction", pgettext_lazy("record", "correction")

    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    round = models.ForeignKey(
        Round,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="records",
        verbose_name=_("round"),
    )
    running_source = models.ForeignKey(
        RunningSource, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    intake = models.ForeignKey(
        "registry.Intake", null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    sheet = models.PositiveSmallIntegerField(null=True, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    # What the sender's own register calls the person; empty where it has no numbers.
    outside_number = models.CharField(_("number in the sender's register"), max_length=60, blank=True)
    # The day of which it is true: the round's reference date, the paper's, else the day it came.
    stated_on = models.DateField(_("as of"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    written = models.JSONField(default=dict, blank=True)

    surname = models.CharField(_("surname"), max_length=60, blank=True)
    given = models.CharField(_("given name"), max_length=60, blank=True)
    place_text = models.CharField(_("origin as written"), max_length=300, blank=True)
    city = models.CharField(_("city abroad"), max_length=120, blank=True)
    address_abroad = models.CharField(_("address abroad"), max_length=300, blank=True)
    left_in = models.CharField(_("left in"), max_length=10, blank=True)
    education = models.CharField(_("education"), max_length=200, blank=True)
    occupation = models.CharField(_("occupation"), max_length=200, blank=True)
    skills = models.CharField(_("skills"), max_length=300, blank=True)
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    wants_to_contribute = models.CharField(_("wants to contribute"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    other_phones = models.CharField(_("further telephones"), max_length=120, blank=True)
    email = models.CharField(_("e-mail"), max_length=200, blank=True)
    relative_name = models.CharField(_("contact relative"), max_length=200, blank=True)
    relative_relation = models.CharField(_("relation of the relative"), max_length=60, blank=True)
    relative_phone = models.CharField(_("telephone of the relative"), max_length=40, blank=True)
    relative_address = models.CharField(_("address of the relative"), max_length=300, blank=True)
    # What a search finds it by: names, places, countries, years, groups and telephones, folded. And the key
    # by which its name stands in a list (core.text.sort_key).
    words = models.TextField(blank=True, editable=False)
    name_sort = models.CharField(max_length=600, blank=True, editable=False, db_collation="C")
    # The words of the name, folded, in the order of the alphabet, and the year of birth: by which a list is
    # compared with what is there. The same for every order and case of the same name.
    likeness = models.CharField(max_length=240, blank=True, editable=False, db_collation="C")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = SourceRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_on", "-pk"]
        triggers = [FROZEN_RECORD]
        indexes = [models.Index(fields=["likeness"], name="registry_record_likeness")]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "sheet", "row"],
                condition=Q(intake__isnull=False),
                name="registry_record_once_a_row",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False, running_source__isnull=True)
                | Q(round__isnull=True, running_source__isnull=False)
                | Q(round__isnull=True, running_source__isnull=True, origin="correction"),
                name="registry_record_of_one_source",
            ),
            models.CheckConstraint(
                condition=Q(origin="list", intake__isnull=False, sheet__isnull=False, row__isnull=False)
                | (~Q(origin="list") & Q(intake__isnull=True, made_by__isnull=False)),
                name="registry_record_says_where_from",
            ),
            models.CheckConstraint(
                condition=Q(birth="") | Q(birth__regex=PARTIAL), name="registry_record_birth_is_a_date"
            ),
            models.CheckConstraint(
                condition=Q(left_in="") | Q(left_in__regex=PARTIAL), name="registry_record_left_is_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"


class RecordFact(models.Model):
    """Something a record says held from some day to another; either end may be unknown."""

    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="%(class)s_facts")
    since = models.CharField(_("since"), max_length=10, blank=True)
    until = models.CharField(_("until"), max_length=10, blank=True)

    class Meta:
        abstract = True
        ordering = ["record", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(since="") | Q(since__regex=PARTIAL)) & (Q(until="") | Q(until__regex=PARTIAL)),
                name="%(app_label)s_%(class)s_are_dates",
            )
        ]


class GroupSpell(RecordFact):
    """In one of the groups for a time."""

    group = models.CharField(_("group"), max_length=16, choices=Group.choices)

    def __str__(self) -> str:
        return f"{self.group} {self.since}-{self.until}"


class Residence(RecordFact):
    """Lived in a country, and a city where that was told."""

    country = models.CharField(_("country"), max_length=2)
    city = models.CharField(_("city abroad"), max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.country} {self.since}-{self.until}"


class Nationality(RecordFact):
    """A nationality held, lost or regained; dated, for law lets those who lost it apply for it again."""

    class Status(models.TextChoices):
        HELD = "held", pgettext_lazy("nationality", "held")
        LOST = "lost", pgettext_lazy("nationality", "lost")
        REGAINED = "regained", pgettext_lazy("nationality", "regained")

    country = models.CharField(_("country"), max_length=2)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.HELD)

    def __str__(self) -> str:
        return f"{self.country} {self.status}"


class IdentityNumber(models.Model):
    """A number that identifies a person: sealed, with a keyed digest to find equal ones by.

    `sealed` is bound to this table, column and row and holds the key's id (core.sealing). Nothing shows it
    but the keeper's act of reading, which is recorded.
    """

    class Kind(models.TextChoices):
        CITIZEN = "citizen", _("citizen's number")
        FORMER = "former", _("former nine-digit number")
        PASSPORT = "passport", _("passport number")
        OTHER = "other", pgettext_lazy("identity number", "other number")

    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="identity_numbers")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    sealed = models.BinaryField()
    digest = models.BinaryField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "digest"], name="registry_identity_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of record {self.record_id}"


class Unlinked(models.Model):
    """A record that was not compared yet with those that are known. A trigger of the database notes every
    new record that speaks for itself (corrections do not); linking takes it off when it has decided.
    """

    record = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"record {self.record}"
