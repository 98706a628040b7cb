"""The history is kept by the database, so that no way of writing goes past it."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb;
    became jsonb;
    signature text := nullif(current_setting('ghar.actor', true), '');
    unnoted text[] := TG_ARGV;
    noted bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        noted := NEW.id;
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) INTO was, became
        FROM jsonb_each(to_jsonb(OLD) - unnoted) o JOIN jsonb_each(to_jsonb(NEW)) n ON n.key = o.key
        WHERE o.value IS DISTINCT FROM n.value;
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        noted := OLD.id;
        was := jsonb_strip_nulls(to_jsonb(OLD) - unnoted);
    ELSE
        noted := NEW.id;
    END IF;
    INSERT INTO changes (at, table_name, row_id, action, actor_id, via, before, after)
    VALUES (clock_timestamp(), TG_TABLE_NAME, noted, lower(TG_OP),
            nullif(split_part(signature, ':', 1), '')::bigint, nullif(split_part(signature, ':', 2), ''), was, became);
    RETURN NULL;
END
$$
"""

TIMES = ("created_at", "updated_at")
# Counters, what the database derives, and what nobody needs to read twice: passwords, contacts, whereabouts.
UNNOTED = {
    "properties": (*TIMES, "view_count", "like_count", "interest_count", "search_vector", "amenity_words", "is_live",
                   "owner_contact"),
    "users": (*TIMES, "password", "last_login", "last_auth_method", "last_auth_method_at", "current_latitude",
              "current_longitude"),
    "visits": (*TIMES, "reminder_due_at"),
    "agents": TIMES,
    "pages": TIMES,
    "faqs": TIMES,
    "app_versions": TIMES,
    "bug_reports": TIMES,
}
# Who signed up or asked for a visit stands in the row itself.
BEGINNINGS = {"properties", "agents", "pages", "faqs", "app_versions"}


def trigger(table):
    when = "INSERT OR UPDATE OR DELETE" if table in BEGINNINGS else "UPDATE OR DELETE"
    unnoted = ", ".join(f"'{column}'" for column in UNNOTED[table])
    return f"CREATE TRIGGER {table}_noted AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION note_change({unnoted})"


class Migration(migrations.Migration):

    dependencies = [
        ("history", "0001_initial"),
        ("accounts", "0005_deletion"),
        ("properties", "0002_amenities"),
        ("visits", "0001_initial"),
        ("agents", "0001_initial"),
        ("support", "0002_bug_attachments"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION note_change()"),
        *[migrations.RunSQL(trigger(table), f"DROP TRIGGER {table}_noted ON {table}") for table in UNNOTED],
    ]
