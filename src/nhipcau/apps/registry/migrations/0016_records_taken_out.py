"""Records that are taken out of a person, seen by whoever reads both persons."""

from importlib import import_module
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


_first = import_module("nhipcau.apps.registry.migrations.0002_row_security")
TABLE = "registry_takingout"
RULE = (
    _first.THROUGH.format(table="registry_person", column="person_id")
    + " and (into_id is null or "
    + _first.THROUGH.format(table="registry_person", column="into_id")
    + ")"
)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0015_pairs_that_wait"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakingOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "records",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second officer"),
                            ("done", "taken out"),
                            ("refused", "refused"),
                            ("back", "put back"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("before", models.JSONField(blank=True, default=dict)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("back_at", models.DateTimeField(blank=True, null=True)),
                ("back_reason", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.person"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("into", None),
                            models.Q(("person", models.F("into")), _negated=True),
                            _connector="OR",
                        ),
                        name="registry_takingout_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "refused")), ("into__isnull", False), _connector="OR"
                        ),
                        name="registry_takingout_leads_somewhere",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("person",),
                        name="registry_takingout_proposed_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("restricted_at__isnull", False)),
                fields=["id"],
                name="registry_person_restricted",
            ),
        ),
        migrations.RunSQL(_first._on(TABLE, RULE), _first._off(TABLE)),
    ]
