"""What a listing means, as a vector, and which listings wait to be embedded."""

from django.db import models
from django.db.models.functions import Now
from pgvector.django import VectorField


class PropertyEmbedding(models.Model):
    """The vector of an available listing's text, and of which text and model it is.

    The column takes vectors of any size, because models differ; each size has a partial HNSW index of its own, which
    `services.embedding_index` makes. The row goes with its listing, by the database's own rule.
    """

    property = models.OneToOneField(
        "properties.Property",
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="embedding",
    )
    model = models.CharField(max_length=128)
    text_hash = models.CharField(max_length=64)
    embedding = VectorField()
    embedded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "property_embeddings"

    def __str__(self) -> str:
        return f"{self.property_id} by {self.model}"


class EmbeddingRequest(models.Model):
    """A listing whose text changed and is not embedded yet.

    Triggers write it in the transaction of the change, whoever makes it (`request_embeddings` in the migrations).
    `version` is another one after each change: what was embedded of an older one is not stored. A listing that could
    not be embedded waits until `not_before`, and is then tried alone.
    """

    property = models.OneToOneField(
        "properties.Property",
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="embedding_request",
    )
    version = models.BigIntegerField()
    attempts = models.PositiveSmallIntegerField(db_default=0)
    not_before = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "embedding_requests"
        indexes = [models.Index(fields=["not_before"], name="embedding_requests_due")]

    def __str__(self) -> str:
        return f"{self.property_id} at {self.version}"


class EmbeddingLease(models.Model):
    """Who embeds listings at present. A lease that was not renewed belongs to a run that died."""

    name = models.CharField(max_length=32, primary_key=True)
    holder = models.UUIDField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "embedding_leases"

    def __str__(self) -> str:
        return f"{self.name} until {self.expires_at}"
