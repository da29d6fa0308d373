"""What the database itself refuses once a document is approved, whatever the code above it does.

The reading, and what the document says of itself, stay as approved; drafts stay as they were when they
became tasks. Only removal for good (state "removed") opens both again.
"""

from __future__ import annotations

import pgtrigger

FROZEN_DOCUMENT = pgtrigger.Trigger(
    name="frozen_after_approval",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        if old.state = 'approved' and new.state <> 'removed' and (
            new.state <> 'approved'
            or new.reading is distinct from old.reading
            or (new.number, new.issued_on, new.title, new.issuer_name, new.type_name, new.kind)
                is distinct from (old.number, old.issued_on, old.title, old.issuer_name, old.type_name,
                old.kind)
        ) then
            raise exception 'document % is approved: its reading is frozen', old.id using errcode = 'NC001';
        end if;
        return new;
    """,
)

FROZEN_DRAFT = pgtrigger.Trigger(
    name="frozen_after_approval",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        if exists (
            select from plans_document d
            where d.id = case when tg_op = 'DELETE' then old.document_id else new.document_id end
                and d.state = 'approved'
        ) then
            raise exception 'the document is approved: its drafts are frozen' using errcode = 'NC001';
        end if;
        if tg_op = 'DELETE' then
            return old;
        end if;
        return new;
    """,
)
