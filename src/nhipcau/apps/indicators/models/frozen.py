"""What the database itself refuses once a definition is, or was, in use."""

from __future__ import annotations

import pgtrigger

FROZEN_VERSION = pgtrigger.Trigger(
    name="frozen_once_in_use",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        if old.state <> 'draft' and (
            (old.state = 'ended' and new.state <> 'ended')
            or new.state = 'draft'
            or (new.indicator_id, new.number, new.name, new.name_en, new.definition, new.definition_en,
                new.unit, new.kind, new.decimals, new.over_units, new.over_time, new.splits,
                new.numerator_id, new.denominator_id, new.source, new.change_note, new.comparable)
                is distinct from (old.indicator_id, old.number, old.name, old.name_en, old.definition,
                old.definition_en, old.unit, old.kind, old.decimals, old.over_units, old.over_time,
                old.splits, old.numerator_id, old.denominator_id, old.source, old.change_note,
                old.comparable)
        ) then
            raise exception 'definition % has been in use: it is frozen', old.id using errcode = 'NC001';
        end if;
        return new;
    """,
)

KEPT_VERSION = pgtrigger.Trigger(
    name="kept_once_in_use",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete,
    func="""
        if old.state <> 'draft' then
            raise exception 'definition % has been in use: it is kept', old.id using errcode = 'NC001';
        end if;
        return old;
    """,
)
