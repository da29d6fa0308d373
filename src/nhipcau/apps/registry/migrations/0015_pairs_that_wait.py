"""Pairs that wait are found in their order; who reads everything is not asked for each row."""

from django.db import migrations, models

EVERYTHING = "(select r.everything from registry_reach() r)"
THROUGH = "exists (select from {table} seen where seen.id = {column})"
RULES = {
    "registry_membership": THROUGH.format(table="registry_person", column="person_id"),
    "registry_pair": (
        THROUGH.format(table="registry_sourcerecord", column="left_id")
        + " and "
        + THROUGH.format(table="registry_sourcerecord", column="right_id")
    ),
}


def _rule(table: str, *, first: str = "") -> str:
    return f"alter policy registry_scope on {table} using ({first}({RULES[table]}));"


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_pages_at_hand")]

    operations = [
        migrations.AddIndex(
            model_name="pair",
            index=models.Index(
                models.OrderBy(models.F("weight"), descending=True),
                models.F("id"),
                condition=models.Q(state="open"),
                name="registry_pair_waiting",
            ),
        ),
        *(
            migrations.RunSQL(_rule(table, first=f"{EVERYTHING} or "), _rule(table))
            for table in RULES
        ),
    ]
