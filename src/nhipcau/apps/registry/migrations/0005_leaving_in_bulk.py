"""Records of a list that is taken back may go: asked without row security, which would be asked for each."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0004_likeness'),
    ]

    operations = [
        migrations.RunSQL(
            """
            create function registry_is_undone(list bigint) returns boolean
            language sql stable security definer set search_path = public, pg_temp as $$
                select exists (select from registry_intake i where i.id = list and i.state = 'undoing')
            $$;
            revoke all on function registry_is_undone(bigint) from public;
            """,
            "drop function registry_is_undone(bigint)",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='sourcerecord',
            name='frozen',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourcerecord',
            trigger=pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        if tg_op = 'DELETE' and registry_is_undone(old.intake_id) then\n            return old;\n        end if;\n        if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at is not null then\n            return new;\n        end if;\n        raise exception 'record % is never changed', old.id using errcode = 'NC001';\n    ", hash='e5f6572a1c6a5b6190f5041ad827a9d8259d9010', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_2a3e0', table='registry_sourcerecord', when='BEFORE')),
        ),
    ]
