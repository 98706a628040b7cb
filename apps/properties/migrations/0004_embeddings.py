"""Vectors of listings, and the triggers that note, in the transaction of a change, which listing needs a new one."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgvector.django.vector
from django.db import migrations, models

# The keys to listings are the database's own and go with their listing: Django deletes a listing in several statements,
# and a vector that is stored between two of them would make the deletion fail.
KEYS = """
ALTER TABLE property_embeddings ADD CONSTRAINT property_embeddings_of_listing
  FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE;
ALTER TABLE embedding_requests ADD CONSTRAINT embedding_requests_of_listing
  FOREIGN KEY (property_id) REFERENCES properties (id) ON DELETE CASCADE;
CREATE SEQUENCE embedding_requests_version;
"""

# Each size of vectors has an index of its own; 384 is the size of the model that needs no provider. Without the
# statistics PostgreSQL takes one size for one of two hundred, and chooses plans for a hundred rows.
INDEX = """
CREATE INDEX property_embeddings_hnsw_384 ON property_embeddings
  USING hnsw ((embedding::vector(384)) vector_cosine_ops) WHERE vector_dims(embedding) = 384;
CREATE STATISTICS property_embeddings_sizes ON (vector_dims(embedding)) FROM property_embeddings;
"""

# Always in the order of ids, so that two who note many do not wait for each other in a circle.
REQUEST = """
CREATE FUNCTION request_embeddings(wanted bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO embedding_requests (property_id, version)
  SELECT id, nextval('embedding_requests_version') FROM (
    SELECT id FROM properties WHERE id = ANY(wanted) ORDER BY id
  ) listings
  ON CONFLICT (property_id) DO UPDATE SET version = excluded.version, attempts = 0, not_before = now()
$$;
"""

COLUMNS = (
    "title", "description", "property_type", "purpose", "status", "city", "state", "country", "pincode", "locality",
    "sub_locality", "landmark", "base_price", "monthly_rent", "area_sqft", "bedrooms", "bathrooms", "parking_spaces",
    "furnishing_level", "features", "tags", "search_keywords", "is_available",
)
OLD = ", ".join(f"OLD.{name}" for name in COLUMNS)
NEW = ", ".join(f"NEW.{name}" for name in COLUMNS)

TRIGGERS = f"""
CREATE FUNCTION request_embedding_of_new_listings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM request_embeddings(ARRAY(SELECT id FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER embed_new_listings AFTER INSERT ON properties REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION request_embedding_of_new_listings();

CREATE FUNCTION request_embedding_of_listing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM request_embeddings(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER embed_changed_listing AFTER UPDATE ON properties
  FOR EACH ROW WHEN (({OLD}) IS DISTINCT FROM ({NEW})) EXECUTE FUNCTION request_embedding_of_listing();

CREATE FUNCTION request_embedding_of_equipped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM request_embeddings(ARRAY(SELECT property_id FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER embed_newly_equipped AFTER INSERT ON property_amenities REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION request_embedding_of_equipped();
CREATE TRIGGER embed_stripped AFTER DELETE ON property_amenities REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION request_embedding_of_equipped();
CREATE TRIGGER embed_otherwise_equipped AFTER UPDATE ON property_amenities REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION request_embedding_of_equipped();

CREATE FUNCTION request_embedding_of_amenity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM request_embeddings(ARRAY(SELECT property_id FROM property_amenities WHERE amenity_id = NEW.id));
  RETURN NULL;
END $$;
CREATE TRIGGER embed_renamed_amenity AFTER UPDATE OF title ON amenities
  FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION request_embedding_of_amenity();
"""

# Listings that are there already wait like any other.
BACKFILL = "SELECT request_embeddings(ARRAY(SELECT id FROM properties WHERE is_available));"

UNDO = """
DROP TRIGGER embed_renamed_amenity ON amenities;
DROP TRIGGER embed_otherwise_equipped ON property_amenities;
DROP TRIGGER embed_stripped ON property_amenities;
DROP TRIGGER embed_newly_equipped ON property_amenities;
DROP TRIGGER embed_changed_listing ON properties;
DROP TRIGGER embed_new_listings ON properties;
DROP FUNCTION request_embedding_of_amenity();
DROP FUNCTION request_embedding_of_equipped();
DROP FUNCTION request_embedding_of_listing();
DROP FUNCTION request_embedding_of_new_listings();
DROP FUNCTION request_embeddings(bigint[]);
DROP SEQUENCE embedding_requests_version;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('properties', '0003_text_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmbeddingLease',
            fields=[
                ('name', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('holder', models.UUIDField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'embedding_leases',
            },
        ),
        migrations.CreateModel(
            name='PropertyEmbedding',
            fields=[
                ('property', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='embedding', serialize=False, to='properties.property')),
                ('model', models.CharField(max_length=128)),
                ('text_hash', models.CharField(max_length=64)),
                ('embedding', pgvector.django.vector.VectorField()),
                ('embedded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'property_embeddings',
            },
        ),
        migrations.CreateModel(
            name='EmbeddingRequest',
            fields=[
                ('property', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='embedding_request', serialize=False, to='properties.property')),
                ('version', models.BigIntegerField()),
                ('attempts', models.PositiveSmallIntegerField(db_default=0)),
                ('not_before', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'embedding_requests',
                'indexes': [models.Index(fields=['not_before'], name='embedding_requests_due')],
            },
        ),
        migrations.RunSQL(KEYS + INDEX + REQUEST + TRIGGERS + BACKFILL, UNDO),
    ]
