"""The text vector covers what people search by, amenities too, and the database keeps it whoever writes."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models import F, Func

# Immutable for a generated column, and with built-in names only, so that a dump can be restored under any search path.
# Hyphens, slashes, underscores and dots part words: PostgreSQL's parser would read `house/villa` as a file, `sector-45`
# as a negative number and `sq.ft` as a host. `<[^<>]*>` stops at the next bracket, whatever somebody writes.
_WORDS = "translate(regexp_replace({}, '<[^<>]*>', ' ', 'g'), '-/_.', '    ')"


def _weighed(weight, *columns):
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return f"setweight(to_tsvector('pg_catalog.english', {_WORDS.format(text)}), '{weight}')"


VECTOR = f"""
CREATE FUNCTION listing_vector(
    title text, society text, locality text, builder text, landmark text, amenities text, keywords text,
    address text, city text, kind text, purpose text, description text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT {_weighed("A", "title", "society", "locality", "builder")}
        || {_weighed("B", "landmark", "amenities", "keywords")}
        || {_weighed("C", "address", "city", "kind", "CASE kind WHEN 'apartment' THEN 'flat' END",
                     "CASE kind WHEN 'pg' THEN 'paying guest' END", "purpose", "CASE purpose WHEN 'buy' THEN 'sale' END")}
        || {_weighed("D", "left(description, 50000)")}
$$
"""

# The row of the listing is held first, so that of two writers at once the second reads what the first has written.
# Nobody else writes the column: a row that was loaded earlier and is saved whole would bring old words back.
KEEP_AMENITIES = """
CREATE FUNCTION keep_amenity_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM properties WHERE id IN (SELECT property_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
    UPDATE properties p SET amenity_words = said.words
    FROM (
        SELECT c.property_id, coalesce(string_agg(a.title, ', ' ORDER BY a.title), '') AS words
        FROM (SELECT DISTINCT property_id FROM changed) c
        LEFT JOIN property_amenities pa ON pa.property_id = c.property_id
        LEFT JOIN amenities a ON a.id = pa.amenity_id
        GROUP BY c.property_id
    ) said
    WHERE p.id = said.property_id AND p.amenity_words <> said.words;
    RETURN NULL;
END
$$;
CREATE TRIGGER property_amenities_said_new AFTER INSERT ON property_amenities
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_amenity_words();
CREATE TRIGGER property_amenities_said_gone AFTER DELETE ON property_amenities
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_amenity_words();
CREATE TRIGGER property_amenities_said_before AFTER UPDATE ON property_amenities
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_amenity_words();
CREATE TRIGGER property_amenities_said_after AFTER UPDATE ON property_amenities
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_amenity_words();

CREATE FUNCTION rename_amenity_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE property_amenities SET amenity_id = amenity_id WHERE amenity_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER amenities_said_otherwise AFTER UPDATE OF title ON amenities
    FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION rename_amenity_words();

UPDATE properties p SET amenity_words = said.words
FROM (
    SELECT pa.property_id, string_agg(a.title, ', ' ORDER BY a.title) AS words
    FROM property_amenities pa JOIN amenities a ON a.id = pa.amenity_id GROUP BY pa.property_id
) said
WHERE p.id = said.property_id;

CREATE FUNCTION insist_on_amenity_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.amenity_words := OLD.amenity_words;
    RETURN NEW;
END
$$;
CREATE TRIGGER properties_amenity_words_are_kept BEFORE UPDATE OF amenity_words ON properties
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION insist_on_amenity_words();
"""
FORGET_AMENITIES = """
DROP TRIGGER properties_amenity_words_are_kept ON properties;
DROP FUNCTION insist_on_amenity_words();
DROP TRIGGER amenities_said_otherwise ON amenities;
DROP FUNCTION rename_amenity_words();
DROP TRIGGER property_amenities_said_new ON property_amenities;
DROP TRIGGER property_amenities_said_gone ON property_amenities;
DROP TRIGGER property_amenities_said_before ON property_amenities;
DROP TRIGGER property_amenities_said_after ON property_amenities;
DROP FUNCTION keep_amenity_words();
"""


class Migration(migrations.Migration):
    dependencies = [("properties", "0002_amenities")]

    operations = [
        migrations.RunSQL(VECTOR, "DROP FUNCTION listing_vector"),
        migrations.AddField("property", "amenity_words", models.TextField(db_default="", editable=False)),
        migrations.RunSQL(KEEP_AMENITIES, FORGET_AMENITIES),
        migrations.RemoveIndex("property", "properties_search"),
        migrations.RemoveField("property", "search_vector"),
        migrations.AddField(
            "property",
            "search_vector",
            models.GeneratedField(
                expression=Func(
                    F("title"), F("sub_locality"), F("locality"), F("builder_name"), F("landmark"), F("amenity_words"),
                    F("search_keywords"), F("full_address"), F("city"), F("property_type"), F("purpose"),
                    F("description"), function="listing_vector",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "property",
            django.contrib.postgres.indexes.GinIndex(fields=["search_vector"], name="properties_search"),
        ),
    ]
