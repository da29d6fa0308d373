"""Stating an act: its name and day, its steps by kind, why it goes back, who gets what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.actions import Body, Stated
from nhipcau.apps.orgs.models import AllotmentRule, OrganisationVersion, RestructuringStep
from nhipcau.apps.orgs.restructuring.wording import Called, bodies_called
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Kind = RestructuringStep.Kind
MOST_BODIES = 200
ONE_A_LINE = _("Names, one a line.")
# Which fields a step of each kind asks for, in their order.
FIELDS: dict[str, tuple[str, ...]] = {
    Kind.MERGE: ("olds", "to", "kind", "abbreviation", "parent", "anew", "legal_basis"),
    Kind.SPLIT: ("old", "tos", "kind", "parent", "legal_basis"),
    Kind.ABOLISH: ("olds", "heirs", "legal_basis"),
    Kind.ABOLISH_TIER: ("tier", "heirs", "legal_basis"),
    Kind.RENAME: ("old", "name", "abbreviation", "legal_basis"),
    Kind.MOVE_FUNCTION: ("old", "function", "tos", "kind", "parent", "legal_basis"),
}


class ActForm(forms.Form):
    title = forms.CharField(label=_("What the act is called"), max_length=200)
    effective_on = DayField(
        label=_("Effective on"), help_text=_("The first day of the new structure, as the decision has it.")
    )
    legal_basis = forms.CharField(
        label=_("Legal basis, quoted"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("Number, day and issuer of the resolution or decision."),
    )


def _lines(
    label: str | _StrPromise, *, required: bool = True, hint: str | _StrPromise = ONE_A_LINE
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": "4"})
    return forms.CharField(label=label, required=required, max_length=20_000, widget=area, help_text=hint)


def _name(
    label: str | _StrPromise, *, required: bool = True, hint: str | _StrPromise = ""
) -> forms.CharField:
    box = forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=200, widget=box, help_text=hint)


class StepForm(forms.Form):
    """One step of `kind`. Who does not exist on the act's day yet is a new body, and needs its kind."""

    def __init__(self, kind: str, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.day = kind, day
        known: dict[str, forms.Field] = {
            "olds": _lines(_("Bodies that end")),
            "old": _name(_("The body")),
            "to": _name(_("Who takes over"), hint=_("A body that exists, or the name of a new one.")),
            "tos": _lines(
                _("Who takes over"), hint=_("One a line: bodies that exist, or names of new ones.")
            ),
            "heirs": _lines(
                _("Who may get their open work"), required=False, hint=_("One a line; empty: nobody.")
            ),
            "tier": forms.ChoiceField(label=_("Tier"), choices=OrganisationVersion.Kind.choices),
            "name": forms.CharField(label=_("New name"), max_length=200),
            "function": forms.CharField(
                label=_("Which function moves"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": "2"}),
                help_text=_("As the decision has it."),
            ),
            "kind": forms.ChoiceField(
                label=_("Kind of a new body"),
                required=False,
                choices=[("", "—"), *OrganisationVersion.Kind.choices],
            ),
            "abbreviation": forms.CharField(label=_("Abbreviation"), max_length=40, required=False),
            "parent": _name(_("New bodies stand below"), required=False),
            "anew": forms.BooleanField(
                label=_("It is a new body, even where an old one bears this name"), required=False
            ),
            "legal_basis": forms.CharField(
                label=_("Legal basis, where it is another than the act's"), required=False, max_length=2000
            ),
        }
        for name in FIELDS[kind]:
            self.fields[name] = known[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("olds", "old"):
            if data.get(name):
                data[name] = self._there(name, _texts(data[name]))
        if data.get("parent"):
            found = self._there("parent", [data["parent"].strip()])
            data["parent"] = found[0] if found else None
        for name in ("to", "tos", "heirs"):
            if data.get(name):
                data[name] = self._news(name, _texts(data[name]), data)
        return data

    def _there(self, name: str, texts: Sequence[str]) -> list[int]:
        """Ids of bodies that must exist; an error names those that do not."""
        called = bodies_called(texts, self.day)
        self._complain(name, called)
        if called.missing:
            self.add_error(
                name,
                forms.ValidationError(
                    _("No body is called so on the act's day: %(names)s."),
                    params={"names": "; ".join(called.missing)},
                ),
            )
        return list(dict.fromkeys(called.found[text] for text in texts if text in called.found))

    def _news(self, name: str, texts: Sequence[str], data: dict[str, Any]) -> list[Body]:
        called = bodies_called(texts, self.day)
        self._complain(name, called)
        anew = bool(data.get("anew"))
        new = [text for text in texts if anew or text in called.missing]
        if new and not data.get("kind"):
            where = "kind" if "kind" in self.fields else name
            self.add_error(
                where,
                forms.ValidationError(
                    _("These do not exist on the act's day: %(names)s. Say of which kind the new body is.")
                    if where == "kind"
                    else _("No body is called so on the act's day: %(names)s."),
                    params={"names": "; ".join(new)},
                ),
            )
        parent = data.get("parent") if isinstance(data.get("parent"), int) else None
        return [
            Body(
                name=text,
                kind=data.get("kind", ""),
                abbreviation=data.get("abbreviation", ""),
                parent=parent,
            )
            if text in new
            else Body(organisation=called.found[text])
            for text in dict.fromkeys(texts)
            if text in new or text in called.found
        ]

    def _complain(self, name: str, called: Called) -> None:
        if called.several:
            self.add_error(
                name,
                forms.ValidationError(
                    _("Several bodies are called so: %(names)s. Write the full name."),
                    params={"names": "; ".join(called.several)},
                ),
            )

    def stated(self) -> Stated:
        """The step, once the form is valid."""
        data = self.cleaned_data
        olds = [Body(organisation=pk) for pk in data.get("olds") or data.get("old") or []]
        if self.step == Kind.RENAME:
            olds = [
                Body(organisation=each.organisation, name=data["name"], abbreviation=data["abbreviation"])
                for each in olds
            ]
        return Stated(
            self.step,
            olds,
            data.get("to") or data.get("tos") or data.get("heirs") or [],
            tier=data.get("tier", ""),
            function=data.get("function", ""),
            legal_basis=data.get("legal_basis", ""),
        )


def _texts(value: str) -> list[str]:
    """Names, parted by lines or semicolons."""
    parts = [" ".join(part.split()) for part in value.replace(";", "\n").splitlines()]
    return list(dict.fromkeys(part[:200] for part in parts if part))[:MOST_BODIES]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class RuleForm(forms.Form):
    """Which open items of one body go where. `asked` are the groups of choices, `targets` who may get them
    (views.allotments gives both).
    """

    by = forms.ChoiceField(label=_("Which items"), widget=NamesSelect)
    value = forms.CharField(
        label=_("Words in the text"),
        required=False,
        max_length=300,
        help_text=_("Several are parted by semicolons; marks do not matter."),
    )
    target = forms.ChoiceField(label=_("Go to"), widget=NamesSelect)

    def __init__(
        self,
        asked: Sequence[tuple[str, Sequence[tuple[str, str]]] | tuple[str, str]],
        targets: Sequence[tuple[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("by", asked), ("target", targets)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """`by` becomes the rule's kind, `value` what it is told by."""
        data = super().clean() or {}
        kind, _colon, value = str(data.get("by", "")).partition(":")
        if kind == AllotmentRule.By.WORDS:
            if not data.get("value", "").strip():
                self.add_error("value", _("Write what the items are told by."))
        else:
            data["value"] = value
        data["by"] = kind
        return data
