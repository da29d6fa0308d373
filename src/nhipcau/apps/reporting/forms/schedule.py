"""How a duty is met: the form, the turns with their due dates, the window, how long before it opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.plans.forms.due_words import NotADueDate, entry_words
from nhipcau.apps.reporting.actions.settle_schedule import Rhythm
from nhipcau.apps.reporting.models import Form, Period, Schedule
from nhipcau.apps.reporting.rhythm import Offer, read_rule
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect, capitalised

TURNS = 6
PLAIN = ("window_by", "cut_off_days", "opens_days", "late_days", "by_parent", "until")
KINDS = (
    ("", "—"),
    *(choice for choice in capitalised(Period.Kind.choices) if choice[0] != Period.Kind.ADHOC),
)
WINDOWS = tuple(choice for choice in capitalised(Period.Window.choices) if choice[0] != Period.Window.STATED)

NOT_READ = _("Write it as: 05/6 hằng năm, trước ngày 30/11 hằng năm, ngày 20 hằng quý, 30/10/2027.")

if TYPE_CHECKING:
    _FormChoice = forms.ModelChoiceField[Form]
else:
    _FormChoice = forms.ModelChoiceField


class ScheduleForm(forms.Form):
    form = _FormChoice(
        label=pgettext_lazy("report", "Form"),
        queryset=Form.objects.none(),
        widget=NamesSelect,
        empty_label=None,
    )
    window_by = forms.ChoiceField(
        label=_("Figures are counted"),
        choices=WINDOWS,
        help_text=_(
            "As the plan sets it: figures end on the day stated for the report, and go on from there."
        ),
    )
    cut_off_days = forms.IntegerField(
        label=_("Figures end so many days before the report is due"),
        min_value=0,
        max_value=120,
        initial=0,
        help_text=_("Only where the plan sets the months."),
    )
    opens_days = forms.IntegerField(
        label=_("Opens so many days before it is due"), min_value=1, max_value=200, initial=30
    )
    late_days = forms.IntegerField(
        label=_("Late reports are taken for so many days"),
        min_value=0,
        max_value=400,
        required=False,
        help_text=_("Empty: until the period is locked or closed."),
    )
    by_parent = forms.BooleanField(
        label=_("A unit that belongs to another unit asked here reports through it"), required=False
    )
    until = DayField(
        label=_("The last report is due by"), required=False, help_text=_("Empty: as long as the plan holds.")
    )

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ModelChoiceField)
        used = Form.objects.visible_to(user).filter(one_off=False, versions__state="in_use")
        field.queryset = used.distinct().order_by("title_fold")
        for number in range(TURNS):
            self.fields[f"period_{number}"] = forms.ChoiceField(
                label=_("Period"), choices=KINDS, required=False
            )
            self.fields[f"due_{number}"] = forms.CharField(label=_("Due"), max_length=200, required=False)

    def turns(self) -> list[tuple[Any, Any]]:
        """The pairs of fields, for the page."""
        return [(self[f"period_{number}"], self[f"due_{number}"]) for number in range(TURNS)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        rules = []
        for number in range(TURNS):
            period, due = data.get(f"period_{number}"), (data.get(f"due_{number}") or "").strip()
            if not period and not due:
                continue
            if not period:
                self.add_error(f"period_{number}", _("Choose the period that is reported on."))
                continue
            try:
                rules.append(read_rule(period, due))
            except NotADueDate:
                words = _(
                    "Write it as: 05/6 hằng năm, trước ngày 30/11 hằng năm, ngày 20 hằng quý, 30/10/2027."
                )
                self.add_error(f"due_{number}", words)
        if not rules and not self.errors:
            self.add_error("period_0", _("State at least one period with its due date."))
        data["rules"] = rules
        return data

    def rhythm(self) -> Rhythm:
        """Of a valid form."""
        data = self.cleaned_data
        names = (
            "form",
            "rules",
            "window_by",
            "cut_off_days",
            "opens_days",
            "late_days",
            "by_parent",
            "until",
        )
        return Rhythm(**{name: data[name] for name in names})


def initial_of(schedule: Schedule | None, found: Sequence[Offer]) -> dict[str, Any]:
    """What is settled, else what the words of the duty offer; what they do not say stays empty."""
    if schedule is None:
        pairs = [(offer.period, offer.due) for offer in found]
        values: dict[str, Any] = {}
    else:
        pairs = [(rule["period"], rule.get("phrase") or entry_words(rule)) for rule in schedule.rules]
        values = {name: getattr(schedule, name) for name in PLAIN} | {"form": schedule.form_id}
    for number, (period, due) in enumerate(pairs[:TURNS]):
        values |= {f"period_{number}": period, f"due_{number}": due}
    return values
