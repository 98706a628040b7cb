"""The words of features and tags are words of the listing, with the weight of amenities.

A generated column whose function takes more arguments is a new column, so the table is written anew, and searches and
writers wait for that: about a minute for each 40,000 listings, whatever time a statement may take otherwise. All rows of
up to four kilobytes are whole afterwards (0011).
"""

from importlib import import_module

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Func

text_search = import_module("apps.properties.migrations.0003_text_search")
place_marks = import_module("apps.properties.migrations.0008_place_marks")

# Older rows keep an object `{name: true}`, whose keys are the list; of an array no key can be asked, which is passed over.
_LISTS = """(
    SELECT string_agg(said, ' ') FROM jsonb_array_elements_text(
        jsonb_path_query_array(features, '$[*] ? (@.type() == "string")')
        || jsonb_path_query_array(features, '$.keyvalue() ? (@.value == true).key', '{}', TRUE)
        || jsonb_path_query_array(tags, '$[*] ? (@.type() == "string")')
    ) said
)"""
UNMARKED = text_search.VECTOR.replace("keywords text,", "keywords text, features jsonb, tags jsonb,").replace(
    text_search._weighed("B", "landmark", "amenities", "keywords"),
    text_search._weighed("B", "landmark", "amenities", "keywords", _LISTS),
)
VECTOR = place_marks._with_marks(UNMARKED)
BEFORE = place_marks._with_marks(text_search.VECTOR)
_BEFORE_DROPPED = "DROP FUNCTION listing_vector(text, text, text, text, text, text, text, text, text, text, text, text)"
_DROPPED = (
    "DROP FUNCTION listing_vector(text, text, text, text, text, text, text, jsonb, jsonb, text, text, text, text, text)"
)
_UNHURRIED = "SET LOCAL statement_timeout = 0"


class Migration(migrations.Migration):
    dependencies = [("properties", "0012_preferences_of_their_kind")]

    operations = [
        migrations.RunSQL(_UNHURRIED, migrations.RunSQL.noop),
        migrations.RemoveIndex("property", "properties_search"),
        migrations.RemoveField("property", "search_vector"),
        migrations.RunSQL(_BEFORE_DROPPED, BEFORE),
        migrations.RunSQL(VECTOR, _DROPPED),
        migrations.AddField(
            "property",
            "search_vector",
            models.GeneratedField(
                expression=Func(
                    F("title"), F("sub_locality"), F("locality"), F("builder_name"), F("landmark"), F("amenity_words"),
                    F("search_keywords"), F("features"), F("tags"), F("full_address"), F("city"), F("property_type"),
                    F("purpose"), F("description"), function="listing_vector",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "property",
            django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="properties_search"),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, _UNHURRIED),
    ]  # fmt: skip
