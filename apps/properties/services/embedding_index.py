"""The vector index of the present model's size: one partial HNSW index for each size that was ever used."""

from django.db import connection

from ghar.embedding import port

_IS_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


def system_ensure_index() -> bool:
    """Build the index for vectors of the present size if there is none; True when it had to. Not in a transaction.

    Without it searches are right and slow. Nobody who reads or writes waits while it is built.
    """
    size = int(port.current().dimensions)
    name = f"property_embeddings_hnsw_{size}"
    with connection.cursor() as cursor:
        cursor.execute(_IS_VALID, [name])
        found = cursor.fetchone()
        if found and found[0]:
            return False
        if found:  # an earlier build was interrupted
            cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(
            f"CREATE INDEX CONCURRENTLY {name} ON property_embeddings "
            f"USING hnsw ((embedding::vector({size})) vector_cosine_ops) WHERE vector_dims(embedding) = {size}"
        )
        cursor.execute("RESET statement_timeout")
    return True
