"""Pairs of records that officers joined by another way do not wait: it is noted, not asked for each pair."""

from django.db import migrations, models

# As the system: row security shows the migrating login nothing.
BEFORE = """
select set_config('app.system', 'linking', true);
update registry_pair p set within = true
from registry_membership l, registry_membership r
where l.record_id = p.left_id and l.until is null and r.record_id = p.right_id and r.until is null
    and l.person_id = r.person_id and p.state = 'open';
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0018_files_called_back")]

    operations = [
        migrations.AddField(
            model_name="pair", name="within", field=models.BooleanField(default=False, editable=False)
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("records__gt", 12)),
                fields=["records"],
                name="registry_person_of_many",
            ),
        ),
        migrations.RemoveIndex(model_name="pair", name="registry_pair_waiting"),
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(
                models.OrderBy(models.F("weight"), descending=True),
                models.F("id"),
                condition=models.Q(("state", "open"), ("within", False)),
                name="registry_pair_waiting",
            ),
        ),
    ]
