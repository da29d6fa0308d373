"""A person: what her records say together, with the record that each value comes from."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.registry.models.described import Described
from nhipcau.apps.registry.models.record import SourceRecord
from nhipcau.apps.registry.reach import memberships_seen_by, persons_in_scope_of, persons_seen_by, sees_all

_SAID = """
    with recursive said(person_id, given_on, withdrawn_on) as (
        select c.person_id, case when c.withdrawn_on is null then c.given_on end, c.withdrawn_on
        from registry_consent c where c.purpose = %s
        union all
        select p.merged_into_id, said.given_on, said.withdrawn_on
        from said join registry_person p on p.id = said.person_id
        where p.merged_into_id is not null
    )
    select person_id from said group by person_id
    having {}
"""
_CONSENTING = _SAID.format("max(given_on) > coalesce(max(withdrawn_on), date '0001-01-01')")
_DECLINING = _SAID.format("max(withdrawn_on) >= coalesce(max(given_on), date '0001-01-01')")


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: object) -> PersonQuerySet:
        """By purpose and territory: the keeper all, an agency its groups, a commune its own people."""
        return self.filter(persons_seen_by(user))

    def in_scope_of(self, user: object) -> PersonQuerySet:
        """Without those she only looked up: what lists and exports are of."""
        return self.filter(persons_in_scope_of(user))

    def standing(self) -> PersonQuerySet:
        """Without those that were joined to another, or have no record left."""
        return self.filter(merged_into=None, records__gt=0)

    def usable(self) -> PersonQuerySet:
        """Those of exports, figures and letters: without who had the use of her data restricted."""
        return self.standing().filter(restricted_at=None)

    def consenting(self, purpose: str) -> PersonQuerySet:
        """Those who agreed to the purpose (consent.Purpose) and did not end that since, themselves or as
        whoever was joined to them. Where both were said of one person the later word counts, and of one day
        the refusal.
        """
        return self.usable().filter(pk__in=RawSQL(_CONSENTING, [purpose]))  # noqa: S611  # no words of users

    def not_declining(self, purpose: str) -> PersonQuerySet:
        """Without those who ended their consent to the purpose; who never was asked stays."""
        return self.exclude(pk__in=RawSQL(_DECLINING, [purpose]))  # noqa: S611  # no words of users


class Person(Described):
    """The number is hers for good: when two are joined, the one that goes leads to the one that stays.

    Nothing here is entered: all columns are derived from the records (registry.deriving), `derived` says for
    each which record it comes from and of which day that is.
    """

    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    name_sort = models.CharField(max_length=600, blank=True, db_collation="C")
    # {field: {"value", "record", "on"}}
    derived = models.JSONField(default=dict, blank=True)
    records = models.PositiveIntegerField(default=0)
    # Since when her data are kept and not used (Restriction); None for everybody else.
    restricted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Names, places, countries, years, groups and telephones of all records, folded.
    words = SearchVectorField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "pk"]
        indexes = [
            GinIndex(fields=["words"], name="registry_person_words"),
            models.Index(fields=["name_sort", "id"], name="registry_person_sort"),
            models.Index(fields=["place"], name="registry_person_by_place"),
            # Persons to look at: more records than linking joins (core.linkage.clustering.LARGEST).
            models.Index(fields=["records"], condition=Q(records__gt=12), name="registry_person_of_many"),
            models.Index(
                fields=["id"], condition=Q(restricted_at__isnull=False), name="registry_person_restricted"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="registry_person_not_into_itself",
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: object) -> MembershipQuerySet:
        """With the person."""
        return self.filter(memberships_seen_by(user))


class Membership(models.Model):
    """That a record is about a person, while it stands; ended, not deleted, when records are taken apart."""

    class By(models.TextChoices):
        FIRST = "first", _("first record")
        SURE = "sure", _("linked, certain")
        OFFICER = "officer", _("linked by an officer")
        APART = "apart", _("taken apart by an officer")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="memberships")
    by = models.CharField(max_length=10, choices=By.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(until=None), name="registry_membership_of_one_person"
            )
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(until=None), name="registry_membership_standing")
        ]

    def __str__(self) -> str:
        return f"record {self.record_id} of person {self.person_id}"


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: object) -> PairQuerySet:
        """Both sides must be hers to read."""
        if sees_all(user):
            return self
        seen = SourceRecord.objects.visible_to(user).order_by().values("pk")
        return self.filter(left__in=seen, right__in=seen)

    def open(self) -> PairQuerySet:
        return self.filter(state=Pair.State.OPEN)


class Pair(models.Model):
    """Two records that may be about one person, and what an officer said of them. What was said holds.

    `weight` is the model's match weight in bits, `evidence` its parts by comparison. `within`: officers
    joined the two by another way, so it does not wait while that stands (joining.move).
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("pair", "to be decided")
        SAME = "same", pgettext_lazy("pair", "the same person")
        DIFFERENT = "different", pgettext_lazy("pair", "two persons")
        SIBLING = "sibling", pgettext_lazy("pair", "two persons of one family")
        UNKNOWN = "unknown", pgettext_lazy("pair", "cannot be told")
        # Certain enough to be joined without an officer: nobody said so, and what is said holds against it.
        LINKED = "linked", pgettext_lazy("pair", "joined by itself, certain")

    left = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="+")
    right = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField()
    evidence = models.JSONField(default=dict)
    state = models.CharField(_("decision"), max_length=10, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    within = models.BooleanField(default=False, editable=False)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="registry_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="registry_pair_in_order"),
        ]
        indexes = [
            models.Index(
                F("weight").desc(),
                F("id"),
                condition=Q(state="open", within=False),
                name="registry_pair_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"pair {self.left_id}-{self.right_id}"


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, user: object) -> MergeQuerySet:
        """With both persons."""
        seen = Person.objects.visible_to(user).order_by().values("pk")
        return self.filter(kept__in=seen, gone__in=seen)


class Merge(models.Model):
    """Two persons made one, and what is needed to take exactly that apart again."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second officer")
        DONE = "done", pgettext_lazy("merge", "joined")
        REFUSED = "refused", pgettext_lazy("merge", "refused")
        APART = "apart", _("taken apart")

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    pair = models.ForeignKey(Pair, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Records that came from the one that went: those go back.
    moved = ArrayField(models.BigIntegerField(), default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    apart_at = models.DateTimeField(null=True, blank=True)
    apart_reason = models.CharField(max_length=300, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="registry_merge_of_two"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(state="proposed"), name="registry_merge_proposed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
