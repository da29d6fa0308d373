"""Forms of accounts and appointments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import Role
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect


class AppointmentForm(forms.Form):
    """The roles offered are those that the asking user may give."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.TypedChoiceField(label=_("Agency"), coerce=int, widget=NamesSelect)
    post = forms.ChoiceField(
        label=_("Post"),
        required=False,
        choices=[("", _("all steps")), *Appointment.Post.choices],
        help_text=_("For agencies in which work goes from the clerk to the head to a specialist."),
    )
    valid_from = DayField(label=_("From the day"))

    def __init__(
        self, *args: Any, roles: frozenset[Role], organisations: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        role_field, organisation_field = self.fields["role"], self.fields["organisation"]
        assert isinstance(role_field, forms.ChoiceField)
        assert isinstance(organisation_field, forms.ChoiceField)
        offered = [choice for choice in Appointment.Role.choices if choice[0] in roles]
        role_field.choices = [("", "—"), *offered]
        organisation_field.choices = [("", "—"), *organisations]


class PersonForm(AppointmentForm):
    """A new account and its first appointment."""

    field_order = ("full_name", "email", "role", "organisation", "post", "valid_from")
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("Office mail"), max_length=254)


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PostForm(forms.Form):
    post = forms.ChoiceField(
        label=_("Post"),
        required=False,
        choices=[("", _("all steps")), *Appointment.Post.choices],
    )
    from_day = DayField(label=_("From the day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
