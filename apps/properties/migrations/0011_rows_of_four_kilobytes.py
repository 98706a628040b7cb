"""Rows of up to four kilobytes stay whole.

PostgreSQL moves the largest columns of a row of over two kilobytes out of the table, and of a listing that is the words
it is found by. Ranking reads those of hundreds of rows, four further pages each: 300 took 3.7 ms, of which 1.2 find the
rows. Rows that are there already become whole with any next write, since each computes the words anew.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("properties", "0010_squares")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE properties SET (toast_tuple_target = 4080)",
            "ALTER TABLE properties RESET (toast_tuple_target)",
        )
    ]
