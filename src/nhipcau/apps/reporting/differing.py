"""What changed from one version of a form to the next, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nhipcau.apps.reporting.building import in_order, labelled
from nhipcau.apps.reporting.models import FormVersion, Section, SectionIndicator
from nhipcau.apps.webkit.markup import fill


def differences(old: FormVersion, new: FormVersion) -> list[SafeString]:
    """Sections and figures that were added, left out, moved or changed. Four queries."""
    before, after = in_order(old), in_order(new)
    by_key = {section.key: section for section in before}
    said = []
    if old.guidance != new.guidance:
        said.append(fill(_("The guidance of the form was changed.")))
    for each in labelled(after):
        earlier = by_key.pop(each.section.key, None)
        name = f"{each.label} {each.section.title}"
        if earlier is None:
            said.append(fill(_("Added: %(section)s."), section=name))
            said += _figures(name, (), tuple(each.section.indicators.all()))
        else:
            said += _section(name, earlier, each.section)
    said += [fill(_("Left out: %(section)s."), section=section.title) for section in by_key.values()]
    if not by_key and _order(before, after):
        said.append(fill(_("The order of the sections was changed.")))
    return said


def _order(before: Sequence[Section], after: Sequence[Section]) -> bool:
    known = {section.key for section in before}
    return [each.key for each in before] != [each.key for each in after if each.key in known]


def _section(name: str, old: Section, new: Section) -> Iterator[SafeString]:
    if old.title != new.title:
        words = _("%(section)s was called “%(old)s” before.")
        yield fill(words, section=name, old=old.title)
    if old.kind != new.kind:
        words = _("%(section)s asked for %(old)s before, now for %(new)s.")
        yield fill(words, section=name, old=old.get_kind_display(), new=new.get_kind_display())
    if old.level != new.level:
        yield fill(_("%(section)s stands on another level."), section=name)
    if old.guidance != new.guidance:
        yield fill(_("The guidance of %(section)s was changed."), section=name)
    if old.required != new.required:
        words = (
            _("%(section)s must be answered now.") if new.required else _("%(section)s may be left out now.")
        )
        yield fill(words, section=name)
    if old.most_chars != new.most_chars:
        yield fill(_("The longest text of %(section)s was changed."), section=name)
    yield from _figures(name, tuple(old.indicators.all()), tuple(new.indicators.all()))


def _figures(
    name: str, old: Sequence[SectionIndicator], new: Sequence[SectionIndicator]
) -> Iterator[SafeString]:
    before = {each.indicator.indicator_id: each for each in old}
    for each in new:
        earlier = before.pop(each.indicator.indicator_id, None)
        called = each.indicator.name
        if earlier is None:
            yield fill(_("%(section)s: figure “%(figure)s” was added."), section=name, figure=called)
        elif earlier.indicator_id != each.indicator_id:
            words = _("%(section)s: figure “%(figure)s” has a new definition.")
            yield fill(words, section=name, figure=called)
        elif sorted(earlier.splits) != sorted(each.splits):
            yield fill(
                _("%(section)s: figure “%(figure)s” is split in another way."), section=name, figure=called
            )
        elif earlier.required != each.required:
            words = _("%(section)s: figure “%(figure)s” must be given now.")
            if not each.required:
                words = _("%(section)s: figure “%(figure)s” may be left out now.")
            yield fill(words, section=name, figure=called)
    for left in before.values():
        yield fill(
            _("%(section)s: figure “%(figure)s” was left out."), section=name, figure=left.indicator.name
        )
