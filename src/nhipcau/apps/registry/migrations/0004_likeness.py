"""By what lists are compared with the records that are there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_searching")]

    operations = [
        migrations.AddField(
            model_name="sourcerecord",
            name="likeness",
            field=models.CharField(
                blank=True, db_collation="C", default="", editable=False, max_length=240
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="sourcerecord",
            index=models.Index(fields=["likeness"], name="registry_record_likeness"),
        ),
    ]
