"""The shapes of links on the wire."""

from typing import Any

from rest_framework import serializers

from apps.links.rules.registry import IDENTIFIER_MOST
from ghar.api.parsing import QueryIn


class EntityOut(serializers.Serializer[Any]):
    """Something that a link can lead to."""

    entity = serializers.CharField()
    description = serializers.CharField()
    public = serializers.BooleanField(help_text="May anybody who follows the link see it?")


class AppOut(serializers.Serializer[Any]):
    """A client app."""

    key = serializers.CharField()
    name = serializers.CharField()
    path_prefix = serializers.CharField(source="prefix")
    custom_scheme = serializers.CharField(source="scheme")
    android_packages = serializers.ListField(source="packages", child=serializers.CharField())
    ios_bundle_id = serializers.CharField(source="bundle")
    entities = EntityOut(many=True)


class LinkIn(serializers.Serializer[Any]):
    """What a link shall lead to."""

    app = serializers.CharField(max_length=32, help_text="The app's key.")
    entity = serializers.CharField(max_length=32)
    identifier = serializers.CharField(max_length=IDENTIFIER_MOST)


class LinkOut(serializers.Serializer[Any]):
    """One thing under its three addresses."""

    app = serializers.CharField()
    entity = serializers.CharField()
    identifier = serializers.CharField()
    url = serializers.CharField(help_text="Opens the app where it is installed, and a page elsewhere.")
    scheme_url = serializers.CharField(help_text="Opens the app only.")
    web_fallback_url = serializers.CharField()


class ShareIn(QueryIn):
    """How a share page goes on."""

    redirect = serializers.CharField(
        required=False, max_length=2000, help_text="Where it leads; heeded for this deployment's own hosts only."
    )


class AndroidTargetOut(serializers.Serializer[Any]):
    """An Android package and the certificates that sign it."""

    namespace = serializers.CharField()
    package_name = serializers.CharField()
    sha256_cert_fingerprints = serializers.ListField(child=serializers.CharField())


class AndroidStatementOut(serializers.Serializer[Any]):
    """A package that opens our links."""

    relation = serializers.ListField(child=serializers.CharField())
    target = AndroidTargetOut()


class AppleDetailOut(serializers.Serializer[Any]):
    """An iOS app and the paths that it opens."""

    appID = serializers.CharField()  # noqa: N815 - Apple's name
    paths = serializers.ListField(child=serializers.CharField())


class AppleLinksOut(serializers.Serializer[Any]):
    """The iOS apps that open our links."""

    apps = serializers.ListField(child=serializers.CharField())
    details = AppleDetailOut(many=True)


class AppleCredentialsOut(serializers.Serializer[Any]):
    """The iOS apps that share passwords with our pages."""

    apps = serializers.ListField(child=serializers.CharField())


class AppleAssociationOut(serializers.Serializer[Any]):
    """Apple's form of the same."""

    applinks = AppleLinksOut()
    webcredentials = AppleCredentialsOut()
