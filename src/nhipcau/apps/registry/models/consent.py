"""What a person agreed to, purpose by purpose: the words that she was shown, the proof, and its end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.registry.models.person import Person
from nhipcau.apps.registry.reach import memberships_seen_by


class Purpose(models.TextChoices):
    """What people's data are used for. Each is agreed to by itself and ended by itself."""

    REGISTER = "register", pgettext_lazy("purpose", "being kept in the register")
    CONTACT = "contact", pgettext_lazy("purpose", "being written to and invited")
    EXPERTS = "experts", pgettext_lazy("purpose", "being proposed for what one knows and can do")
    SHARING = "sharing", pgettext_lazy("purpose", "being told to other agencies")
    PUBLISHING = "publishing", pgettext_lazy("purpose", "being named in what is published")


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def visible_to(self, user: object) -> ConsentTextQuerySet:
        """What people are asked is no secret to those who work here."""
        return self if scope_of(user).roles else self.none()


class ConsentText(models.Model):
    """The words of one purpose. Never changed: other words are another version, from another day."""

    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    text_vi = models.TextField(_("words in Vietnamese"))
    text_en = models.TextField(_("words in English"))
    in_use_from = models.DateField(_("in use from"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="registry_consenttext_once"),
            models.CheckConstraint(
                condition=~Q(text_vi="") & ~Q(text_en=""), name="registry_consenttext_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: object) -> ConsentQuerySet:
        """With the person."""
        return self.filter(memberships_seen_by(user))

    def standing(self) -> ConsentQuerySet:
        return self.filter(withdrawn_on=None)


class Consent(models.Model):
    """Given by the person, or for a child by who represents it. `proof` says where the proof lies."""

    class By(models.TextChoices):
        PERSON = "person", pgettext_lazy("consent", "the person")
        REPRESENTATIVE = "representative", pgettext_lazy("consent", "the representative of a child")

    class How(models.TextChoices):
        PAPER = "paper", pgettext_lazy("consent", "signed paper")
        EMAIL = "email", pgettext_lazy("consent", "e-mail or letter")
        FORM = "form", pgettext_lazy("consent", "form on the internet")
        SPOKEN = "spoken", pgettext_lazy("consent", "spoken, with a written note")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="consents", verbose_name=_("words")
    )
    # That of the words, so that one question tells who agreed.
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    given_on = models.DateField(_("given on"))
    by = models.CharField(_("given by"), max_length=16, choices=By.choices)
    representative = models.CharField(_("representative"), max_length=200, blank=True)
    # A child from seven on is asked, too.
    child_agreed = models.BooleanField(_("the child agreed, too"), null=True, blank=True)
    how = models.CharField(_("how it is proven"), max_length=10, choices=How.choices)
    proof = models.CharField(_("where the proof lies"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_how = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_on=None),
                name="registry_consent_once_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None)
                | Q(withdrawn_on__gte=F("given_on"), withdrawn_by__isnull=False),
                name="registry_consent_withdrawn_later_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["purpose", "person"], name="registry_consent_by_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} of person {self.person_id}"
