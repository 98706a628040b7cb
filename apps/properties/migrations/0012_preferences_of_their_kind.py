"""What is known of a listing's preferences has the kind that clients are told: a text, a list of texts, an address.

Preferences were stored as they came, and everybody was shown a text where a list is promised, or an address that is
none. A value of another kind goes; what it meant is not guessed. Few listings have one, and only those are written.
"""

from django.db import migrations

TEXTS = (
    "gender_preference", "sharing_type", "society_type", "moderation_status", "moderation_reason", "expires_at",
    "food_habits", "smoking_drinking", "guests_policy", "cleanliness", "pets", "parties_at_home",
)  # fmt: skip
LISTS = ("society_amenities", "society_vibe_tags")


def _any_of(names):
    return ", ".join(f"'{name}'" for name in names)


CLEAR = f"""
UPDATE properties p SET listing_preferences = p.listing_preferences - wrong.names
FROM (
    SELECT id, array_agg(key) AS names FROM properties, jsonb_each(listing_preferences) WHERE jsonb_typeof(value) <> 'null'
    AND CASE
        WHEN key IN ({_any_of(TEXTS)}) THEN jsonb_typeof(value) <> 'string'
        WHEN key IN ({_any_of(LISTS)})
            THEN jsonb_typeof(value) <> 'array' OR jsonb_path_exists(value, '$[*] ? (@.type() <> "string")')
        WHEN key = 'video_tour_url' THEN jsonb_typeof(value) <> 'string' OR value #>> '{{}}' !~* '^(https?://|$)'
        ELSE FALSE
    END
    GROUP BY id
) wrong
WHERE p.id = wrong.id
"""  # noqa: S608 - made of the constants above


class Migration(migrations.Migration):
    dependencies = [("properties", "0011_rows_of_four_kilobytes")]

    operations = [migrations.RunSQL(CLEAR, migrations.RunSQL.noop)]
