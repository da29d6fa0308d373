"""Records that are still to be compared with those that are known; the database itself notes every new one."""

from django.db import migrations, models

NOTE = """
create function registry_note_unlinked() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into registry_unlinked (record) select id from made where origin <> 'correction';
    return null;
end $$;
revoke all on function registry_note_unlinked() from public;
create trigger registry_note_unlinked after insert on registry_sourcerecord
    referencing new table as made for each statement execute function registry_note_unlinked();
-- What is there already is compared with the rest once.
select set_config('app.system', 'linking', true);
insert into registry_unlinked (record)
    select id from registry_sourcerecord where origin <> 'correction' and erased_at is null;
alter table registry_unlinked enable row level security;
alter table registry_unlinked force row level security;
create policy registry_scope on registry_unlinked
    using ((select r.everything from registry_reach() r)) with check (true);
"""
FORGET = """
drop trigger registry_note_unlinked on registry_sourcerecord;
drop function registry_note_unlinked();
drop policy registry_scope on registry_unlinked;
alter table registry_unlinked no force row level security;
alter table registry_unlinked disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_leaving_in_bulk")]

    operations = [
        migrations.CreateModel(
            name="Unlinked",
            fields=[("record", models.BigIntegerField(primary_key=True, serialize=False))],
        ),
        migrations.AlterField(
            model_name="pair",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "to be decided"),
                    ("same", "the same person"),
                    ("different", "two persons"),
                    ("sibling", "two persons of one family"),
                    ("unknown", "cannot be told"),
                    ("linked", "joined by itself, certain"),
                ],
                default="open",
                max_length=10,
                verbose_name="decision",
            ),
        ),
        migrations.RunSQL(NOTE, FORGET),
    ]
