"""Who may call, from where, how often; and what browsers are told."""

from csp.constants import NONCE, NONE, SELF

from config.settings.environment import environment, origins_of, read

_production = environment() == "production"

# --- sign-in -------------------------------------------------------------------------------------------------
SUPABASE_URL = read("SUPABASE_URL").rstrip("/")
SUPABASE_PUBLISHABLE_KEY = read("SUPABASE_PUBLISHABLE_KEY")
SUPABASE_SECRET_KEY = read("SUPABASE_SECRET_KEY")
SUPABASE_WEBHOOK_SECRET = read("SUPABASE_WEBHOOK_SECRET")
SUPABASE_WEBHOOK_TIMESTAMPS = read("SUPABASE_WEBHOOK_TIMESTAMPS")
IDENTITY_EMBEDDED = read("IDENTITY_ENABLED") and not SUPABASE_URL
IDENTITY_SIGNING_KEY = read("IDENTITY_SIGNING_KEY")
IDENTITY_TOKEN_SECONDS = read("IDENTITY_TOKEN_SECONDS")
IDENTITY_REDIRECTS = read("IDENTITY_REDIRECTS")
AUTH_ISSUER = f"{SUPABASE_URL or read('PUBLIC_BASE_URL').rstrip('/')}/auth/v1"
AUTH_AUDIENCES = ["authenticated", SUPABASE_PUBLISHABLE_KEY]
AUTH_PROVIDER_TIMEOUT_S = read("AUTH_PROVIDER_TIMEOUT_S")
AUTH_PROVIDER = (
    "apps.identity.services.directory.EmbeddedProvider" if IDENTITY_EMBEDDED else "ghar.auth.supabase.SupabaseProvider"
)
ACTOR_RESOLVER = "apps.accounts.services.linking.system_actor_for"
MCP_TOKEN_VERIFIER = "apps.oauth.services.tokens.system_actor_for"  # noqa: S105 - a path to a function
GOOGLE_WEB_CLIENT_ID = read("GOOGLE_WEB_CLIENT_ID")
GOOGLE_IOS_CLIENT_ID = read("GOOGLE_IOS_CLIENT_ID")
GOOGLE_ANDROID_CLIENT_ID = read("GOOGLE_ANDROID_CLIENT_ID")
GOOGLE_CLIENT_SECRET = read("GOOGLE_CLIENT_SECRET")

# --- limits --------------------------------------------------------------------------------------------------
RATE_LIMIT = read("RATE_LIMIT")
RATE_LIMITS = read("RATE_LIMITS")
TRUSTED_PROXIES = read("TRUSTED_PROXIES")
OUTBOUND_PRIVATE_NETWORKS = read("OUTBOUND_PRIVATE_NETWORKS")
METRICS_TOKEN = read("METRICS_TOKEN")

# --- origins -------------------------------------------------------------------------------------------------
CORS_ALLOWED_ORIGINS = read("CORS_ORIGINS")
CORS_ALLOWED_ORIGIN_REGEXES = [] if _production else [r"^http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$"]
CORS_ALLOW_CREDENTIALS = True
CORS_PREFLIGHT_MAX_AGE = 86400
CORS_ALLOW_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
CORS_ALLOW_HEADERS = [
    "accept", "accept-language", "apikey", "authorization", "cache-control", "content-language", "content-type",
    "expires", "idempotency-key", "last-event-id", "mcp-protocol-version", "mcp-session-id", "pragma", "x-api-key",
    "x-client-info", "x-csrf-token", "x-request-id", "x-requested-with", "x-retry-count", "x-supabase-api-version",
]  # fmt: skip
CORS_EXPOSE_HEADERS = [
    "content-length", "content-range", "etag", "mcp-session-id", "retry-after", "x-ratelimit-limit",
    "x-ratelimit-period", "x-ratelimit-remaining", "x-request-id", "x-supabase-api-version",
]  # fmt: skip

# --- browsers ------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_HSTS_SECONDS = 31536000 if _production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _production
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ghar.api.failures.csrf_failure"

# One policy in every environment: what breaks under it breaks before production. A page that needs more says so
# beside its view (`csp.decorators.csp_update`).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

MAP_TILE_URL = read("MAP_TILE_URL")
MAP_TILE_ATTRIBUTION = read("MAP_TILE_ATTRIBUTION")

# The staff theme's Alpine evaluates its attributes and its templates carry styles; photos of listings are where
# their feed says, tiles are where the setting says.
STAFF_SECURITY_POLICY = {
    "script-src": ["'unsafe-eval'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["https:", *origins_of(read("PUBLIC_BASE_URL"), MAP_TILE_URL)],
}
