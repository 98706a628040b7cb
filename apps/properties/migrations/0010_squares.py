"""Recent listings around a point are found without asking the index of locations, which knows nothing of time.

The index is built beside whoever writes (`CONCURRENTLY`); one that a broken run left behind unfinished is made anew.
How many listings are in a square is not guessed, but counted at once.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Func

SQUARE = """(floor(ST_Y((%(expressions)s)::geometry) * 100) * 40000
    + floor(ST_X((%(expressions)s)::geometry) * 100))::int"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("properties", "0009_rooms")]

    operations = [
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS properties_squares", migrations.RunSQL.noop),
        AddIndexConcurrently(
            "property",
            models.Index(
                Func("location", template=SQUARE),
                F("created_at"),
                condition=models.Q(("is_available", True), ("is_live", True)),
                name="properties_squares",
            ),
        ),
        migrations.RunSQL("ANALYZE properties", migrations.RunSQL.noop),
    ]
