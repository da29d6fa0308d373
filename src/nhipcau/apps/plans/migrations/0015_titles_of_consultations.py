from django.db import migrations, models

from nhipcau.core.text import fold


def fold_titles(apps, schema_editor):
    for each in apps.get_model("plans", "Consultation").objects.all():
        each.title_fold = fold(each.title)
        each.save(update_fields=["title_fold"])


class Migration(migrations.Migration):
    dependencies = [("plans", "0014_counting_outcomes")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="title_fold",
            field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fold_titles, migrations.RunPython.noop),
    ]
