"""A kind of event owns its sentence. The history of an object reads as sentences, in the reader's language.

An app registers its kinds at start, in its `history.py`. A test holds every verb that an action writes to
this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.models import Event


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was done, without the actor.

    "locked the account". `%(name)s` stand for facts of the event's data.
    """

    verb: str
    words: str | Promise


_sentences: dict[str, Sentence] = {}


def sentences(words: Mapping[str, str | Promise]) -> None:
    """Register verbs and what they mean; once each."""
    for verb, text in words.items():
        if verb in _sentences:
            raise ValueError(f"{verb} has a sentence already")
        _sentences[verb] = Sentence(verb, text)


def registered_verbs() -> frozenset[str]:
    return frozenset(_sentences)


class _Facts(dict[str, Any]):
    """A fact that an older event does not have yet reads as a dash."""

    def __missing__(self, _key: str) -> str:
        return "–"


def _fields(event: Event) -> str:
    """The fields of a changed row, by the names the model gives them."""
    facts = event.facts()
    names = sorted({*facts.get("was", {}), *facts.get("is", {})})
    try:
        model = apps.get_model(event.subject_type)
    except (LookupError, ValueError):
        return ", ".join(names)
    return ", ".join(_field(model, name) for name in names)


def _field(model: Any, column: str) -> str:
    try:
        return str(model._meta.get_field(column.removesuffix("_id")).verbose_name)
    except FieldDoesNotExist:
        return column


# Between the one who acted and the one who was away, in the label that is kept: as officials sign.
_FOR = ", TM. "


def written_for(name: str, absent: Sequence[str]) -> str:
    """The label of an event that somebody did for others: her own name, shortened, and theirs."""
    return f"{name[:70]}{_FOR}{'; '.join(absent)}"[:160] if absent else name


def actor_of(event: Event) -> str:
    """The name as it was then; parts of the system by a word of their own."""
    if event.erased_under:
        return gettext("(erased)")
    if event.actor_label.startswith("system:"):
        return gettext("The system")
    name, away, absent = event.actor_label.partition(_FOR)
    if away:
        return gettext("%(name)s on behalf of %(absent)s") % {"name": name, "absent": absent}
    return name or gettext("Somebody")


def sentence(event: Event) -> str:
    """ "locked the account", with the event's facts; an erased event says under which request."""
    if event.erased_under:
        return gettext("Erased under request %(request)s") % {"request": event.erased_under}
    if event.source == Event.Source.ROW:
        return _row_sentence(event)
    known = _sentences.get(event.verb)
    words = str(known.words) if known else event.verb
    return words % _Facts(event.facts()) if "%(" in words else words


_ROW = {
    "row.insert": _("the record was created"),
    "row.update": _("changed: %(fields)s"),
    "row.delete": _("the record was deleted"),
}


def _row_sentence(event: Event) -> str:
    words = str(_ROW.get(event.verb, event.verb))
    return words % {"fields": _fields(event)} if "%(" in words else words
