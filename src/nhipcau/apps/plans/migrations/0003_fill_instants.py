"""Due dates from before the calendar: by the day that they had, with no shift and no calendar version."""

from django.db import migrations

FILL = """
    update plans_duedate
    set stated_on = due_on, instant = (due_on + time '23:59:59.999') at time zone 'Asia/Ho_Chi_Minh'
    where due_on is not null and instant is null
"""


class Migration(migrations.Migration):

    dependencies = [("plans", "0002_due_calendar_and_periods")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
