"""DRF and the OpenAPI document."""

from config.settings.environment import read

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["ghar.api.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ghar.api.rendering.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "ghar.api.rendering.OnlyJSON",
    "DEFAULT_SCHEMA_CLASS": "ghar.api.schema.OperationSchema",
    "EXCEPTION_HANDLER": "ghar.api.failures.handle",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# Below these prefixes a foreign protocol has its own error bodies.
ERROR_DIALECTS = {
    "/auth/v1/": "apps.identity.serializers.failures.rendered",
    "/mcp/oauth/": "apps.oauth.serializers.rendered_failure",
    "/api/v1/mcp/oauth/": "apps.oauth.serializers.rendered_failure",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Ghar Real Estate Platform",
    "VERSION": read("APP_VERSION"),
    "DESCRIPTION": "Marketplace, stays, flatmates, property management, tours and more, behind one API.",
    "SERVERS": [
        {"url": "/", "description": "Where this document came from"},
        {"url": read("PUBLIC_BASE_URL").rstrip("/"), "description": "The public address"},
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "AuthMethodEnum": "apps.accounts.models.AuthMethod",
        "UserRoleEnum": "apps.accounts.models.UserRole",
        "StatusEnum": "apps.properties.models.PropertyStatus",
        "VisitStatusEnum": "apps.visits.models.VisitStatus",
        "BugStatusEnum": "apps.support.models.BugStatus",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "ghar.api.schema.describe_security",
    ],
}
