"""How a draft version of a form is changed: locked first, counted; and what is asked by which section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.audit.record import Entry
from nhipcau.apps.reporting.models import FormVersion, Section
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.section_labels import labels
from nhipcau.core.text import fold


@contextmanager
def building(version: FormVersion, verb: str, actor: Actor) -> Iterator[tuple[FormVersion, Entry]]:
    """The frame of every change of a draft: the version as it is now, held, and counted as changed.

    Raises Refused("form-frozen") for one that is in use or ended.
    """
    with act(actor, f"reporting.{verb}", version, permission="edit") as entry:
        found = FormVersion.objects.select_for_update().get(pk=version.pk)
        if found.state != FormVersion.State.DRAFT:
            raise Refused("form-frozen")
        yield found, entry
        found.revision += 1
        found.save(update_fields=["revision"])


@dataclass(frozen=True, slots=True)
class Labelled:
    """A section with its label: I., 1., a)."""

    label: str
    section: Section


def labelled(sections: Sequence[Section]) -> list[Labelled]:
    """In their order."""
    found = labels([each.level for each in sections])
    return [Labelled(label, section) for label, section in zip(found, sections, strict=True)]


def in_order(version: FormVersion) -> list[Section]:
    """The sections with their figures and these figures' definitions. Two queries."""
    return list(
        version.sections.prefetch_related("indicators__indicator__indicator").order_by("position", "pk")
    )


def renumber(sections: Sequence[Section]) -> None:
    """Positions 1, 2, 3 … as the sections stand."""
    changed = []
    for position, section in enumerate(sections, start=1):
        if section.position != position:
            section.position = position
            changed.append(section)
    Section.objects.bulk_update(changed, ["position"])


def new_key(version: FormVersion, title: str) -> str:
    """A key from the title that no section of the form has in any version."""
    words = "-".join("".join(sign if sign.isalnum() else " " for sign in fold(title)).split())
    base = words.encode("ascii", "ignore").decode()[:40].strip("-") or "muc"
    taken = set(Section.objects.filter(version__form=version.form_id).values_list("key", flat=True))
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found
