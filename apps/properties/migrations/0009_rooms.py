"""Listings with so many rooms, of a type and purpose, are found without reading all of them.

The index is built beside whoever writes (`CONCURRENTLY`); one that a broken run left behind unfinished is made anew.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("properties", "0008_place_marks")]

    operations = [
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS properties_rooms", migrations.RunSQL.noop),
        AddIndexConcurrently(
            "property",
            models.Index(
                condition=models.Q(("is_available", True), ("is_live", True)),
                fields=["bedrooms", "property_type", "purpose"],
                name="properties_rooms",
            ),
        ),
    ]
