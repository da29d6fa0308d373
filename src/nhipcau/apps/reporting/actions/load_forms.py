"""Take in the standard forms. What the province has, changed or ended stays so."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.actions.build_section import add_section, ask_figure
from nhipcau.apps.reporting.actions.create_form import create_form
from nhipcau.apps.reporting.actions.put_in_use import edit_version, put_in_use
from nhipcau.apps.reporting.models import Form, FormVersion
from nhipcau.apps.reporting.shipped import ShippedForm, shipped_forms


def load_forms(*, actor: Actor) -> list[str]:
    """The titles of those that were new; they are in use at once. A figure that the library does not have in
    use is left out. Twice is the same as once.
    """
    with transaction.atomic():
        known = set(Form.objects.filter(code__isnull=False).values_list("code", flat=True))
        definitions = {
            each.indicator.code: each
            for each in IndicatorVersion.objects.in_use()
            .filter(indicator__ended_at=None)
            .select_related("indicator")
        }
        new = [each for each in shipped_forms() if each.code not in known]
        for each in new:
            _load(each, definitions, actor)
    return [each.title for each in new]


def _load(form: ShippedForm, definitions: dict[str, IndicatorVersion], actor: Actor) -> FormVersion:
    version = create_form(form.title, purpose=form.purpose, code=form.code, author=None, actor=actor)
    edit_version(version, guidance=form.guidance, change_note="", actor=actor)
    for each in form.sections:
        figures = [(definitions[code], splits) for code, splits in each.figures if code in definitions]
        if each.figures and not figures:
            continue
        section = add_section(version, each.stated, key=each.key, actor=actor)
        for definition, splits in figures:
            allowed = [code for code in splits if code in definition.splits]
            ask_figure(section, definition, required=False, splits=allowed, actor=actor)
    version.refresh_from_db()
    return put_in_use(version, revision=version.revision, actor=actor)
