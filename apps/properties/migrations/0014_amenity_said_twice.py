"""A second amenity of one title is refused in words. Nothing changes in the database."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("properties", "0013_words_of_features")]

    operations = [
        migrations.AlterConstraint(
            "amenity",
            "amenities_title_unique",
            models.UniqueConstraint(
                Lower("title"),
                name="amenities_title_unique",
                violation_error_message="There is an amenity of this title already.",
            ),
        ),
    ]
