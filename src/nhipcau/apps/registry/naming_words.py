"""Words that officers wrote of somebody elsewhere than on her page: to look for her, to tell what for."""

from __future__ import annotations

from django.db import models

from nhipcau.apps.registry.models import Export, LookUp, Recall, RightsRequest, Sharing
from nhipcau.apps.registry.naming_rows import Marks
from nhipcau.apps.registry.numbers import understood
from nhipcau.core.personvalues import Problem

# In the place of words by which she was looked for; it finds nobody, where none would find everybody.
NOBODY = "—"
_WORDS: dict[type[models.Model], tuple[str, ...]] = {
    Export: ("words", "reason"),
    Sharing: ("purpose", "reason", "handed_to"),
    LookUp: ("words", "verdict_words"),
    Recall: ("how",),
    RightsRequest: ("about", "asker", "contact", "mandate", "words"),
}
# Reasons in the record of actions about these may name her, too.
SUBJECTS = tuple(f"registry.{name}" for name in ("intake", "export", "sharing", "lookup"))


def blank_words(marks: Marks) -> None:
    """Where they name her or hold the end of her telephone number; a request that is a person's own stays."""
    for model, columns in _WORDS.items():
        rows = model._default_manager.all()
        if model is RightsRequest:
            rows = rows.filter(person=None)
        for column in columns:
            said = rows.exclude(**{column: ""}).values_list("pk", column)
            named = [pk for pk, words in said if marks.in_words(words)]
            rows.filter(pk__in=named).update(**{column: ""})
    for asked in (Export, Sharing):
        for pk, wanted in asked._default_manager.filter(wanted__has_key="q").values_list("pk", "wanted"):
            if _names(marks, str(wanted["q"])):
                asked._default_manager.filter(pk=pk).update(wanted={**wanted, "q": NOBODY})


def _names(marks: Marks, words: str) -> bool:
    """Whoever looks for one person types a part of the name, or the number of a paper."""
    number = understood(words)
    return marks.in_words(words) or marks.by_words(words) or bool(number and not isinstance(number, Problem))
