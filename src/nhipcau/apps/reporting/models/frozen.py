"""What the database itself refuses once something was put in use, sent or signed, whatever the code does."""

from __future__ import annotations

import pgtrigger

_CHANGES = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

FROZEN_VERSION = pgtrigger.Trigger(
    name="frozen_in_use",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="""
        if old.state <> 'draft' and (
            tg_op = 'DELETE'
            or new.state = 'draft'
            or (new.form_id, new.number, new.change_note, new.guidance)
                is distinct from (old.form_id, old.number, old.change_note, old.guidance)
        ) then
            raise exception 'version % of the form is in use: it is frozen', old.id using errcode = 'NC001';
        end if;
        return coalesce(new, old);
    """,
)

FROZEN_SECTION = pgtrigger.Trigger(
    name="frozen_in_use",
    when=pgtrigger.Before,
    operation=_CHANGES,
    func="""
        if exists (
            select from reporting_formversion v
            where v.id in (old.version_id, new.version_id) and v.state <> 'draft'
        ) then
            raise exception 'the version of the form is in use: it is frozen' using errcode = 'NC001';
        end if;
        return coalesce(new, old);
    """,
)

FROZEN_PART = pgtrigger.Trigger(
    name="frozen_in_use",
    when=pgtrigger.Before,
    operation=_CHANGES,
    func="""
        if exists (
            select from reporting_formversion v join reporting_section s on s.version_id = v.id
            where s.id in (old.section_id, new.section_id) and v.state <> 'draft'
        ) then
            raise exception 'the version of the form is in use: it is frozen' using errcode = 'NC001';
        end if;
        return coalesce(new, old);
    """,
)

FROZEN_SUBMISSION = pgtrigger.Trigger(
    name="frozen_when_sent",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="""
        if old.sent_at is not null and (
            tg_op = 'DELETE'
            or (new.obligation_id, new.organisation_id, new.number, new.key, new.nothing,
                new.received_number, new.digest, new.sent_at, new.sent_by_id, new.paper_on)
                is distinct from (old.obligation_id, old.organisation_id, old.number, old.key, old.nothing,
                old.received_number, old.digest, old.sent_at, old.sent_by_id, old.paper_on)
        ) then
            raise exception 'submission % was sent: it is frozen', old.id using errcode = 'NC001';
        end if;
        return coalesce(new, old);
    """,
)

FROZEN_ANSWER = pgtrigger.Trigger(
    name="frozen_when_sent",
    when=pgtrigger.Before,
    operation=_CHANGES,
    func="""
        if exists (
            select from reporting_submission s
            where s.id in (old.submission_id, new.submission_id) and s.sent_at is not null
        ) then
            raise exception 'the submission was sent: its answers are frozen' using errcode = 'NC001';
        end if;
        return coalesce(new, old);
    """,
)

FROZEN_REPORT = pgtrigger.Trigger(
    name="frozen",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func="""
        if tg_op = 'DELETE'
            or (new.period_id, new.version, new.previous_id, new.reason, new.digest, new.content)
                is distinct from (old.period_id, old.version, old.previous_id, old.reason, old.digest,
                old.content)
            or (old.state = 'signed' and (new.state, new.number, new.issued_on, new.signer)
                is distinct from (old.state, old.number, old.issued_on, old.signer))
        then
            raise exception 'report % is frozen', old.id using errcode = 'NC001';
        end if;
        return new;
    """,
)
