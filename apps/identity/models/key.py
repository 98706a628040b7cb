"""The keys that sign access tokens."""

from django.db import models
from django.db.models import Q


class SigningKey(models.Model):
    """An ES256 key pair. The private half is sealed with a key that is derived from SECRET_KEY.

    At most one key is active. A retired one stays published until the last token it signed has run out.
    """

    kid = models.CharField(max_length=64, primary_key=True)
    public_jwk = models.JSONField()
    sealed_private = models.TextField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "identity_signing_keys"
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(retired_at=None), name="identity_signing_keys_one_active"
            )
        ]

    def __str__(self) -> str:
        return self.kid
