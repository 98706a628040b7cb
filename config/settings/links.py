"""Links that open the client apps, and pages that show what is shared."""

import re

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import environment, origins_of, read

_PUBLISHED_APPS_OPEN = "the360ghar.com"


def _link_base() -> str:
    """Where links lead. The published apps open those of one host; a deployment for a trial keeps to its own."""
    if domain := read("DEEPLINK_DOMAIN"):
        return f"https://{domain}"
    return f"https://{_PUBLISHED_APPS_OPEN}" if environment() == "production" else read("PUBLIC_BASE_URL").rstrip("/")


LINK_BASE = _link_base()
DEEPLINK_APPLE_TEAM_ID = read("DEEPLINK_APPLE_TEAM_ID")
DEEPLINK_FINGERPRINTS = {
    package: [one.strip() for one in read(variable) if one.strip()]
    for package, variable in {
        "com.the360ghar.ghar360": "DEEPLINK_GHAR_ANDROID_SHA256",
        "com.the360ghar.estate_app": "DEEPLINK_ESTATE_ANDROID_SHA256",
        "com.the360ghar.flatmates360": "DEEPLINK_FLATMATES_ANDROID_SHA256",
        "com.the360ghar.flatmates": "DEEPLINK_FLATMATES_LEGACY_ANDROID_SHA256",
        "com.the360ghar.stays_app": "DEEPLINK_STAYS_ANDROID_SHA256",
    }.items()
}
PUBLIC_APP_URL = read("PUBLIC_APP_URL").rstrip("/")

# A shared thing's picture is where its feed or the storage says.
SHARE_SECURITY_POLICY = {"img-src": ["https:", *origins_of(read("PUBLIC_BASE_URL"))]}

if read("DEEPLINK_FAIL_ON_PLACEHOLDER") and not re.fullmatch(r"[A-Z0-9]{10}", DEEPLINK_APPLE_TEAM_ID):
    raise ImproperlyConfigured("DEEPLINK_APPLE_TEAM_ID must be ten capital letters and digits.")
