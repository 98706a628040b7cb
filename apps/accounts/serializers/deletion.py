"""The shapes of leaving on the wire."""

from typing import Any

from rest_framework import serializers


class DeleteAccountIn(serializers.Serializer[Any]):
    """Nobody deletes an account by accident."""

    confirm = serializers.BooleanField()


class DeletionRequestOut(serializers.Serializer[Any]):
    """Whether an account is about to end. `status` is none or pending."""

    status = serializers.CharField()
    requested_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
