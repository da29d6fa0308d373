"""A person asks for what the law gives her; the clocks of it are set when it comes and stay as they were."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.models.person import Person
from nhipcau.apps.registry.reach import sees_all


class RightsRequestQuerySet(models.QuerySet["RightsRequest"]):
    def visible_to(self, user: object) -> RightsRequestQuerySet:
        """Who answers for the register answers these: the keeper."""
        return self if sees_all(user) else self.none()

    def open(self) -> RightsRequestQuerySet:
        return self.filter(state__in=RightsRequest.OPEN)


class RightsRequest(models.Model):
    """`acknowledge_by` and `due_on` are fixed at receipt by the law of that day (registry.clocks, kept in
    `terms`) and the calendar of that day; only an extension, once, moves `due_on`. `person` is empty while
    she was not found in the register: then `about` says who it is.

    What tells of the person (`asker`, `contact`, `about`, `words`, reasons) goes when she is erased; that the
    request was there, with its days, stays.
    """

    class Right(models.TextChoices):
        SEE = "see", pgettext_lazy("right", "see what is kept")
        COPY = "copy", pgettext_lazy("right", "get a copy")
        CORRECT = "correct", pgettext_lazy("right", "have it corrected")
        RESTRICT = "restrict", pgettext_lazy("right", "have its use restricted")
        WITHDRAW = "withdraw", pgettext_lazy("right", "withdraw a consent")
        ERASE = "erase", pgettext_lazy("right", "have it erased")

    class Asker(models.TextChoices):
        PERSON = "person", pgettext_lazy("asker", "the person")
        REPRESENTATIVE = "representative", pgettext_lazy("asker", "a representative")

    class Channel(models.TextChoices):
        DESK = "desk", pgettext_lazy("channel", "came in person")
        POST = "post", pgettext_lazy("channel", "letter")
        EMAIL = "email", pgettext_lazy("channel", "e-mail")
        PHONE = "phone", pgettext_lazy("channel", "telephone")
        PORTAL = "portal", pgettext_lazy("channel", "public service portal")
        MISSION = "mission", pgettext_lazy("channel", "through a diplomatic mission")

    class Identity(models.TextChoices):
        PAPER = "paper", pgettext_lazy("identity", "paper shown in person")
        E_ID = "e_id", pgettext_lazy("identity", "electronic identity")
        CERTIFIED = "certified", pgettext_lazy("identity", "certified copy or consular certificate")
        KNOWN = "known", pgettext_lazy("identity", "answered from a contact that the register knows")
        OPEN = "open", pgettext_lazy("identity", "not checked yet")

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("rights request", "received")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("rights request", "acknowledged")
        GRANTED = "granted", pgettext_lazy("rights request", "granted")
        DONE = "done", pgettext_lazy("rights request", "carried out")
        REFUSED = "refused", pgettext_lazy("rights request", "refused")
        TAKEN_BACK = "taken_back", pgettext_lazy("rights request", "taken back by who asked")

    OPEN = ("received", "acknowledged", "granted")
    ENDED = ("done", "refused", "taken_back")

    right = models.CharField(_("what is asked"), max_length=10, choices=Right.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="rights_requests"
    )
    about = models.CharField(_("who it is about"), max_length=300, blank=True)
    asked_by = models.CharField(_("who asks"), max_length=16, choices=Asker.choices)
    asker = models.CharField(_("name of who asks"), max_length=200, blank=True)
    contact = models.CharField(_("where to answer"), max_length=300, blank=True)
    mandate = models.CharField(_("paper that lets somebody represent her"), max_length=300, blank=True)
    identity = models.CharField(
        _("how the identity was checked"), max_length=10, choices=Identity.choices, default=Identity.OPEN
    )
    words = models.TextField(_("what is asked for in words"), blank=True)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices)
    received_on = models.DateField(_("received on"))

    # The law and the calendar of the day of receipt: {"law", "acknowledge", "days", "extension", "calendar"}.
    terms = models.JSONField(default=dict)
    with_processor = models.BooleanField(_("a processor holds data, too"), default=False)
    acknowledge_by = models.DateField(_("to be acknowledged by"))
    first_due_on = models.DateField()
    due_on = models.DateField(_("to be carried out by"))

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    revision = models.PositiveIntegerField(default=0)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, blank=True)
    extended_on = models.DateField(_("extended on"), null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_how = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledge_by__gte=F("received_on"), first_due_on__gt=F("received_on")),
                name="registry_rightsrequest_clocks_run_forward",
            ),
            models.CheckConstraint(
                condition=Q(extended_on=None, due_on=F("first_due_on"))
                | Q(extended_on__isnull=False, due_on__gt=F("first_due_on")),
                name="registry_rightsrequest_extended_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("granted", "refused"))
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="registry_rightsrequest_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "refused", "taken_back"), ended_on__isnull=False)
                | (~Q(state__in=("done", "refused", "taken_back")) & Q(ended_on=None)),
                name="registry_rightsrequest_ended_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=("received", "acknowledged", "granted")),
                name="registry_rightsrequest_open",
            )
        ]

    def __str__(self) -> str:
        return f"request {self.number}"

    @property
    def number(self) -> str:
        """What it is called by in letters and in the record: 12/YC-2026."""
        return f"{self.pk}/YC-{self.received_on.year}"

    @property
    def next_due(self) -> date:
        """The day that runs now: of the acknowledgement, then of the whole."""
        return self.acknowledge_by if self.acknowledged_on is None else self.due_on


class SubjectCopyQuerySet(models.QuerySet["SubjectCopy"]):
    def visible_to(self, user: object) -> SubjectCopyQuerySet:
        """With its request."""
        return self if sees_all(user) else self.none()

    def standing(self) -> SubjectCopyQuerySet:
        """Those that can still be fetched."""
        return self.filter(upload__state=Upload.State.KEPT, expires_on__gt=timezone.localdate())


class SubjectCopy(models.Model):
    """All that is kept of a person as a document for her; the file goes when its days are over."""

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, related_name="copies")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    records = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    # The first day on which it is not there any more.
    expires_on = models.DateField(_("kept until"))

    objects = SubjectCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"copy for request {self.request_id}"
