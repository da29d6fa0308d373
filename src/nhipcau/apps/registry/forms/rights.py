"""What is asked at the desk of people's rights: requests, consents, verifications, restrictions, days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.models import Consent, ConsentText, Purpose, RightsRequest, Verification
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import capitalised


class RequestForm(forms.Form):
    """Nothing is chosen beforehand but how it was checked: that is open until somebody did."""

    right = forms.ChoiceField(
        label=_("What is asked"), choices=capitalised(RightsRequest.Right.choices), widget=forms.RadioSelect
    )
    about = forms.CharField(
        label=_("Whom it is about"),
        max_length=300,
        required=False,
        help_text=_(
            "Name, birth, commune, as far as it was told. The person is found in the register later."
        ),
    )
    words = forms.CharField(
        label=_("What is asked for in words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked_by = forms.ChoiceField(
        label=_("Who asks"), choices=capitalised(RightsRequest.Asker.choices), widget=forms.RadioSelect
    )
    asker = forms.CharField(label=_("Name of who asks"), max_length=200)
    mandate = forms.CharField(
        label=_("Paper by which somebody represents the person"), max_length=300, required=False
    )
    contact = forms.CharField(label=_("Where to answer"), max_length=300)
    identity = forms.ChoiceField(
        label=_("How the identity was checked"),
        choices=capitalised(RightsRequest.Identity.choices),
        initial=RightsRequest.Identity.OPEN,
    )
    channel = forms.ChoiceField(label=_("How it came"), choices=capitalised(RightsRequest.Channel.choices))
    received_on = DayField(label=_("Received on"))
    with_processor = forms.BooleanField(
        label=_("Another body processes these data for us, too"), required=False
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["about"]


class StepForm(forms.Form):
    """One day and a few words; which of them a step asks for is said where it is made."""

    def __init__(self, *args: Any, day: str | Promise = "", words: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if day:
            self.fields["day"] = DayField(label=day, initial=timezone.localdate())
        if words:
            self.fields["words"] = forms.CharField(label=str(words), max_length=300)


class IdentityForm(forms.Form):
    identity = forms.ChoiceField(
        label=_("How the identity was checked"), choices=capitalised(RightsRequest.Identity.choices)
    )
    mandate = forms.CharField(
        label=_("Paper by which somebody represents the person"), max_length=300, required=False
    )


class RightsFilter(forms.Form):
    """What cannot be read is left out."""

    state = forms.ChoiceField(
        required=False,
        choices=[("", _("Open")), ("ended", _("Ended")), ("all", _("All"))],
    )
    right = forms.ChoiceField(
        required=False, choices=[("", _("All")), *capitalised(RightsRequest.Right.choices)]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.full_clean()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def used(self) -> bool:
        return any(self.value(name) for name in self.fields)


class TextField(forms.ModelChoiceField):  # type: ignore[type-arg]  # no type arguments at run time
    """Words by their purpose and version."""

    def label_from_instance(self, text: ConsentText) -> str:
        return _("%(purpose)s, version %(n)s") % {"purpose": text.get_purpose_display(), "n": text.version}


class ConsentForm(forms.Form):
    """No default tick: each of it is said by who records it."""

    text = TextField(label=_("Purpose and words"), queryset=ConsentText.objects.none())
    given_on = DayField(label=_("Given on"))
    by = forms.ChoiceField(
        label=_("Given by"), choices=capitalised(Consent.By.choices), widget=forms.RadioSelect
    )
    representative = forms.CharField(label=_("Who represents the child"), max_length=200, required=False)
    child_agreed = forms.NullBooleanField(
        label=_("The child agreed, too (from seven years on)"),
        required=False,
        widget=forms.Select(choices=[("", _("not asked")), ("true", _("yes")), ("false", _("no"))]),
    )
    how = forms.ChoiceField(label=_("How it is proven"), choices=capitalised(Consent.How.choices))
    proof = forms.CharField(
        label=_("Where the proof lies"), max_length=300, help_text=_("Number of the file, day of the letter.")
    )

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = ConsentText.objects.visible_to(user).order_by("purpose", "-version")


class ConsentTextForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=capitalised(Purpose.choices))
    text_vi = forms.CharField(
        label=_("Words in Vietnamese"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "vi"}),
    )
    text_en = forms.CharField(
        label=_("Words in English"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
    in_use_from = DayField(label=_("In use from"))


class VerifyForm(forms.Form):
    by = forms.ChoiceField(
        label=_("Who confirmed it"), choices=capitalised(Verification.KINDS), widget=forms.RadioSelect
    )
    on = DayField(label=_("Confirmed on"))
    evidence = forms.CharField(
        label=_("What shows it"), max_length=300, help_text=_("The paper, the letter, the call.")
    )


class RetentionForm(forms.Form):
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=36_525)
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
