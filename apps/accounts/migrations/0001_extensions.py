"""The PostgreSQL extensions that the platform needs, before any table."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations
from pgvector.django import VectorExtension


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = []

    operations = [
        CreateExtension("postgis"),
        VectorExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
    ]
