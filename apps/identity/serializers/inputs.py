"""What clients send. Names are the protocol's; unknown ones (`gotrue_meta_security`, `channel`) are ignored."""

from datetime import timedelta
from typing import Any

import orjson
from rest_framework import serializers

from apps.identity import rules
from ghar import clock
from ghar.api.fields import JSONObject, Phone
from ghar.api.parsing import QueryIn
from ghar.errors import Invalid

MOST_METADATA_BYTES = 4096
LONGEST_BAN_S = 100 * 366 * 24 * 3600

Values = dict[str, Any]


class Metadata(JSONObject):
    """A JSON object of 4 KiB at most, because it travels in every access token."""

    def to_internal_value(self, data: Any) -> Values:
        """The object itself."""
        value = super().to_internal_value(data)
        if len(orjson.dumps(value)) > MOST_METADATA_BYTES:
            raise serializers.ValidationError(f"Larger than {MOST_METADATA_BYTES // 1024} KiB.")
        return value


class Email(serializers.EmailField):
    """An address in lower case; a blank one is absent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, allow_null=True, allow_blank=True, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """The address in lower case."""
        return str(super().to_internal_value(data)).lower()


class PlainPhone(Phone):
    """A number as the protocol writes it: E.164 without the plus. A blank one is absent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, allow_blank=True, required=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The digits, or None."""
        number = super().run_validation(data)
        return number.removeprefix("+") if isinstance(number, str) else number


def _password(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=256, trim_whitespace=False, **kwargs)


def _token(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=8192, **kwargs)


class Identified(serializers.Serializer[Any]):
    """Either a phone or an email; the one that came is `identifier`."""

    phone = PlainPhone()
    email = Email()

    def validate(self, attrs: Values) -> Values:
        """Exactly one of the two."""
        given = [value for value in (attrs.get("email"), attrs.get("phone")) if value]
        if len(given) != 1:
            raise serializers.ValidationError({"email": "Give an email address or a phone number, and not both."})
        return {**attrs, "identifier": given[0]}


class GrantIn(QueryIn):
    """Which proof a token request brings."""

    grant_type = serializers.ChoiceField(["password", "refresh_token", "pkce", "id_token"])


class PasswordIn(Identified):
    """Sign-in with a password."""

    password = _password()


class RefreshIn(serializers.Serializer[Any]):
    """The refresh token of a session."""

    refresh_token = _token()


class PkceIn(serializers.Serializer[Any]):
    """The code that a browser brought back."""

    auth_code = _token()
    code_verifier = serializers.CharField(max_length=256, allow_blank=True, allow_null=True, default="")


class IdTokenIn(serializers.Serializer[Any]):
    """A token that a native client got from its provider."""

    provider = serializers.CharField(max_length=32)
    id_token = _token()
    access_token = _token(required=False, allow_null=True, allow_blank=True, default=None)
    nonce = serializers.CharField(max_length=512, required=False, allow_null=True, allow_blank=True, default=None)


class SendCodeIn(Identified):
    """Ask for a one-time code."""

    data = Metadata(required=False, allow_null=True)  # type: ignore[assignment]  # the protocol's name
    create_user = serializers.BooleanField(default=True)


class VerifyIn(Identified):
    """A code that came back."""

    token = serializers.CharField(max_length=64)
    type = serializers.ChoiceField(
        ["sms", "email", "signup", "magiclink", "recovery", "invite", "phone_change", "email_change"]
    )


class SignUpIn(Identified):
    """A new account with a password."""

    password = _password()
    data = Metadata(required=False, allow_null=True)  # type: ignore[assignment]  # the protocol's name


class ResendIn(Identified):
    """Ask for a code once more."""

    type = serializers.ChoiceField(["sms", "signup", "phone_change", "email_change"])


class RecoverIn(serializers.Serializer[Any]):
    """Ask for a code because the password is forgotten."""

    email = serializers.EmailField(max_length=254)


class AccountIn(serializers.Serializer[Any]):
    """Changes to one's own account."""

    password = _password(required=False, allow_null=True)
    data = Metadata(required=False, allow_null=True)  # type: ignore[assignment]  # the protocol's name
    phone = PlainPhone()
    email = Email()


class SignOutIn(QueryIn):
    """Which sessions end."""

    scope = serializers.ChoiceField(["global", "local", "others"], default="global")


class AuthorizeIn(QueryIn):
    """Browser sign-in."""

    provider = serializers.CharField(max_length=32)
    redirect_to = serializers.CharField(required=False, max_length=2000)
    code_challenge = serializers.CharField(default="", max_length=128)
    code_challenge_method = serializers.CharField(required=False, max_length=8)

    @classmethod
    def check(cls, values: Values) -> None:
        """A challenge comes with its method and looks like one. Raises Invalid."""
        method = (values["code_challenge_method"] or "s256").lower()
        if values["code_challenge"] and not rules.is_challenge(values["code_challenge"]):
            raise Invalid.field("code_challenge", "Must be 43 to 128 unreserved characters.", where="query")
        if method not in ("s256", "plain"):
            raise Invalid.field("code_challenge_method", "Must be s256 or plain.", where="query")
        values["code_challenge_method"] = method if values["code_challenge"] else None


class CallbackIn(QueryIn):
    """What the provider sends back with the browser."""

    state = serializers.CharField(default="", max_length=512)
    code = serializers.CharField(default="", max_length=2048)
    error = serializers.CharField(default="", max_length=256)


class AccountsIn(QueryIn):
    """Which accounts to list."""

    email = Email()
    phone = PlainPhone()
    page = serializers.IntegerField(default=1, min_value=1, max_value=100_000)
    per_page = serializers.IntegerField(default=50, min_value=1, max_value=1000)


class AdminAccountIn(serializers.Serializer[Any]):
    """An account as server-side callers describe it. `ban_duration` is `none` or for instance `24h`."""

    email = Email()
    phone = PlainPhone()
    password = _password(required=False, allow_null=True)
    email_confirm = serializers.BooleanField(default=False)
    phone_confirm = serializers.BooleanField(default=False)
    user_metadata = Metadata(required=False, allow_null=True)
    app_metadata = Metadata(required=False, allow_null=True)
    ban_duration = serializers.CharField(required=False, allow_null=True, max_length=32)

    def validate_ban_duration(self, text: str | None) -> int | None:
        """Seconds; 0 lifts the ban."""
        if text is None:
            return None
        seconds = rules.seconds_of(text)
        if seconds is None:
            raise serializers.ValidationError("Must be `none` or a duration such as 24h.")
        return min(seconds, LONGEST_BAN_S)

    def validate(self, attrs: Values) -> Values:
        """The duration of a ban as its end."""
        ban = attrs.pop("ban_duration", None)
        attrs["lift_ban"] = ban == 0
        attrs["banned_until"] = clock.now() + timedelta(seconds=ban) if ban else None
        return attrs


class LinkIn(serializers.Serializer[Any]):
    """A login to add to an account."""

    provider = serializers.CharField(max_length=32)
    id_token = _token()
