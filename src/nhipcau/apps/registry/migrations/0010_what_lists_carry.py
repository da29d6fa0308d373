"""What lists carry beside what was kept of them; a list has its files sealed and its own name."""

import django.db.models.deletion
from django.db import migrations, models


NAMES = """
    select set_config('app.system', 'upgrade', true);
    update registry_intake i set name = u.name from files_upload u where u.id = i.upload_id;
    select set_config('app.system', '', true);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
        ('registry', '0009_rights_row_security'),
    ]

    operations = [
        migrations.AddField(
            model_name='intake',
            name='file_key',
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='intake',
            name='marked',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.upload'),
        ),
        migrations.AddField(
            model_name='intake',
            name='name',
            field=models.CharField(blank=True, max_length=255, verbose_name='file'),
        ),
        migrations.AddField(
            model_name='intake',
            name='numbers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.upload'),
        ),
        migrations.AddField(
            model_name='sourcerecord',
            name='address_abroad',
            field=models.CharField(blank=True, max_length=300, verbose_name='address abroad'),
        ),
        migrations.AddField(
            model_name='sourcerecord',
            name='other_phones',
            field=models.CharField(blank=True, max_length=120, verbose_name='further telephones'),
        ),
        migrations.AddField(
            model_name='sourcerecord',
            name='relative_address',
            field=models.CharField(blank=True, max_length=300, verbose_name='address of the relative'),
        ),
        migrations.RunSQL(NAMES, migrations.RunSQL.noop),
    ]
