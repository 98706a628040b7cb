"""Every environment variable that Ghar reads: its type, default and meaning.

This table is the only declaration. `config.settings.environment` reads it, and `manage.py docs` prints it as
`docs/reference/settings.md`.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Variable:
    """One environment variable. `secret` values are never printed; `kind` is a django-environ cast."""

    name: str
    kind: type
    default: Any
    meaning: str
    secret: bool = False


def _text(name: str, default: str, meaning: str) -> Variable:
    return Variable(name, str, default, meaning)


def _secret(name: str, default: str, meaning: str) -> Variable:
    return Variable(name, str, default, meaning, secret=True)


def _int(name: str, default: int, meaning: str) -> Variable:
    return Variable(name, int, default, meaning)


def _flag(name: str, default: bool, meaning: str) -> Variable:
    return Variable(name, bool, default, meaning)


def _list(name: str, default: list[str], meaning: str) -> Variable:
    return Variable(name, list, default, meaning)


# Certificates of the published Android apps. They are public: phones compare them with what is installed.
_GHAR = "E2:9C:60:26:A3:79:20:19:25:5F:93:BE:D1:35:CF:5F:3A:89:52:DD:44:EA:F9:41:08:87:7C:08:74:B0:64:E2"
_ESTATE = "22:D1:C2:25:DA:5E:3A:A9:98:C3:22:A7:C9:1D:F5:D8:1D:DD:FB:E3:31:3A:A5:C1:7B:40:D8:E0:79:07:85:3F"
_FLATMATES = "5F:D6:8C:1A:EB:C0:9C:85:B3:69:3C:D1:E4:C3:59:0B:E4:F8:9B:57:2C:3F:09:26:2D:2D:C7:31:F9:B0:F3:65"
_STAYS = "EE:6D:96:51:3A:2C:53:0D:33:66:6B:26:02:C4:1B:20:F3:5B:5D:65:94:CE:46:EF:B9:16:53:B3:5A:13:96:0D"

UNSAFE_SECRET = "change-me-in-production"  # noqa: S105 - the value that production refuses

GROUPS: dict[str, tuple[Variable, ...]] = {
    "Platform": (
        _text(
            "ENVIRONMENT",
            "development",
            "`development`, `test` or `production`; chooses `.env.<ENVIRONMENT>`.",
        ),
        _flag("DEBUG", False, "Adds paths to error bodies and exception text to 500s. Refused in production."),
        _secret(
            "SECRET_KEY",
            UNSAFE_SECRET,
            "Signs cookies and seals stored keys. At least 32 characters in production.",
        ),
        _text("APP_VERSION", "2.0.0", "The version that `/health` and the API documents report."),
        _text(
            "PUBLIC_BASE_URL",
            "http://127.0.0.1:3600",
            "Where clients reach this deployment, without a slash at the end.",
        ),
        _list("ALLOWED_HOSTS", [], "Host names this deployment answers to; `*` is refused in production."),
        _int("PORT", 3600, "The loopback port that `bin/ghar up` serves on."),
        _text("LOG_DIR", "var/log", "Folder of the rotated JSON logs (not used in development)."),
        _text("LOG_LEVEL", "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`."),
        _flag(
            "SERVERLESS_ENABLED",
            False,
            "No persistent connections and no scheduler; for functions that come and go.",
        ),
    ),
    "Web process": (
        _int("WEB_WORKERS", 2, "Processes of the production server."),
        _int(
            "WEB_THREADS",
            8,
            "Threads a worker runs Django in, and so the most database connections it holds.",
        ),
        _int(
            "DB_THREADS",
            16,
            "Threads for the database work of streams, sockets and tools; a busy one has a connection.",
        ),
        _int("WEB_QUEUE", 1024, "Requests that may wait for a thread before a worker answers 503."),
        _int("MAX_BODY_MB", 60, "Request bodies above this are refused with 413; `MAX_BATCH_MB` is for one."),
        _list("TRUSTED_PROXIES", [], "Networks (CIDR) whose `X-Forwarded-For` is believed. Empty: nobody's is."),
        _list(
            "OUTBOUND_PRIVATE_NETWORKS",
            [],
            "Networks (CIDR) that are not public and may be asked all the same where a stranger names an address, for"
            " instance of apps inside a company.",
        ),
    ),
    "Database": (
        _secret(
            "DATABASE_URL",
            "",
            "PostgreSQL 15 or newer with PostGIS and pgvector: `postgres://user:password@host:port/name`.",
        ),
        _text(
            "DB_ROLE",
            "web",
            "`web` (short statements) or `background` (long ones); set by the process that starts.",
        ),
        _int("DB_CONNECT_TIMEOUT_S", 5, "Seconds to wait for a connection."),
        _int("DB_STATEMENT_TIMEOUT_MS", 8000, "Longest statement of a web process, 0 for no limit."),
        _int(
            "DB_BACKGROUND_STATEMENT_TIMEOUT_MS",
            300000,
            "Longest statement of a background process, 0 for no limit.",
        ),
        _int("DB_CONN_MAX_AGE_S", 180, "Seconds a connection is kept by its thread."),
        _flag(
            "DB_PGBOUNCER",
            False,
            "The URL is a transaction pooler: no prepared statements, no session options.",
        ),
    ),
    "Redis": (_secret("REDIS_URL", "redis://127.0.0.1:6379/0", "Redis 7 or newer: rate limits, cache, queues."),),
    "Temporary data": (
        _text(
            "STORE_BACKEND",
            "redis",
            "What keeps temporary data: `redis`, for any number of machines, or `lmdb`, for one.",
        ),
        _text("STORE_PATH", "var/store", "Folder of the data with `lmdb`, on a disk of this machine."),
        _int("STORE_MB", 256, "Most megabytes of data with `lmdb`."),
        _list("SEMAPHORES", [], "How many of a thing run at a time: `name=count` separated by commas, e.g. `push=20`."),
        _text("TEMPORARY_ROOT", "var/temporary", "Folder of temporary files; several machines share it."),
        _int("TEMPORARY_FILE_MB", 25, "Size of one temporary file."),
        _int("TEMPORARY_TOTAL_MB", 1024, "Size of all of them."),
        _int("TEMPORARY_SECONDS", 86_400, "How long a temporary file is kept."),
    ),
    "Background": (
        _int("WORKER_PROCESSES", 2, "Jobs that one worker runs at a time, each in a process of its own."),
        _secret(
            "CRON_SECRET",
            "",
            "Bearer key of `POST /api/v1/jobs/{name}/run`, for a scheduler outside. Empty: nobody may.",
        ),
    ),
    "Sign-in": (
        _flag(
            "IDENTITY_ENABLED",
            True,
            "Serve the embedded identity service at `/auth/v1`. Off when `SUPABASE_URL` is used.",
        ),
        _text("SUPABASE_URL", "", "Base URL of an external identity provider. Empty: the embedded one."),
        _text(
            "SUPABASE_PUBLISHABLE_KEY",
            "ghar-publishable",
            "Public key of clients; also accepted as token audience.",
        ),
        _secret("SUPABASE_SECRET_KEY", UNSAFE_SECRET, "Key of server-side callers of the identity service."),
        _secret(
            "SUPABASE_WEBHOOK_SECRET",
            "",
            "Signs what the identity provider tells of new passwords. Empty: nothing is believed.",
        ),
        _flag(
            "SUPABASE_WEBHOOK_TIMESTAMPS",
            False,
            "Refuse messages of the identity provider that carry no `X-Supabase-Timestamp`, which could be replayed.",
        ),
        _int("AUTH_PROVIDER_TIMEOUT_S", 10, "Seconds to wait for the identity provider."),
        _secret(
            "IDENTITY_SIGNING_KEY",
            "",
            "PEM of the ES256 private key. Empty: made once and kept sealed in the database.",
        ),
        _int("IDENTITY_TOKEN_SECONDS", 3600, "Life of an access token, 600 at least."),
        _list(
            "IDENTITY_REDIRECTS",
            [],
            "Where browser sign-in may lead back to, besides `CORS_ORIGINS` and this deployment: URLs, for instance "
            "`ghar://sign-in`; what follows a path is allowed with it.",
        ),
        _text("GOOGLE_WEB_CLIENT_ID", "", "Public Google client id of web clients."),
        _text("GOOGLE_IOS_CLIENT_ID", "", "Public Google client id of iOS clients."),
        _text("GOOGLE_ANDROID_CLIENT_ID", "", "Public Google client id of Android clients."),
        _secret(
            "GOOGLE_CLIENT_SECRET",
            "",
            "Google's client secret, for browser sign-in through the embedded service.",
        ),
    ),
    "Outgoing messages": (
        _text("EMAIL_SMTP_HOST", "", "Mail server. Empty: no mail leaves; outside production it is logged."),
        _int("EMAIL_SMTP_PORT", 587, "Port of the mail server; 465 speaks TLS at once, others by STARTTLS."),
        _text("EMAIL_SMTP_USERNAME", "", "Sign-in at the mail server. Empty: none, and no TLS is asked for."),
        _secret("EMAIL_SMTP_PASSWORD", "", "Password at the mail server."),
        _text("EMAIL_SENDER_ADDRESS", "no-reply@localhost", "Address that mail comes from."),
        _text("EMAIL_SENDER_NAME", "Ghar", "Name that mail comes from."),
        _text(
            "SMS_PROVIDER_API_URL",
            "",
            "Takes `POST {to, message, sender_id}` with a bearer key. Empty: no SMS leaves; outside production it is "
            "logged.",
        ),
        _secret("SMS_PROVIDER_API_KEY", "", "Bearer key of the SMS provider."),
        _text("SMS_SENDER_ID", "", "Sender that the SMS provider shows."),
        _text(
            "FIREBASE_PROJECT_ID",
            "",
            "Project whose Cloud Messaging carries push messages. Empty: none leaves; outside production it is logged.",
        ),
        _text("GOOGLE_APPLICATION_CREDENTIALS", "", "JSON file of the service account that may send for that project."),
        _text("FCM_API_URL", "https://fcm.googleapis.com", "Where Cloud Messaging answers."),
        _secret(
            "WEB_PUSH_PRIVATE_KEY",
            "",
            "Key for push to browsers (VAPID): 32 bytes of P-256 in base64url. Empty: none leaves.",
        ),
        _text("WEB_PUSH_CONTACT", "", "Whom push services write to: `mailto:...` or a page."),
        _list(
            "WEB_PUSH_ORIGINS",
            [
                "https://fcm.googleapis.com",
                "https://updates.push.services.mozilla.com",
                "https://*.notify.windows.com",
                "https://web.push.apple.com",
            ],
            "Push services of browsers. Subscriptions of others are refused, because messages are sent where they say.",
        ),
        _text("WHATSAPP_API_URL", "https://graph.facebook.com/v23.0", "Where WhatsApp's Cloud API answers."),
        _text("WHATSAPP_PHONE_ID", "", "Id of the number that writes. Empty: nothing leaves by WhatsApp."),
        _secret("WHATSAPP_TOKEN", "", "Token of a system user who may send for that number."),
        _text("WHATSAPP_TEMPLATE", "", "Approved template whose body takes a title and a text."),
        _text("WHATSAPP_LANGUAGE", "en", "Language code of that template."),
    ),
    "Realtime": (
        _int("SSE_MOST", 2000, "Event streams that a worker keeps open; the next one is answered 503."),
        _int("SOCKETS_MOST", 5000, "WebSockets that a worker keeps open; the next one is closed with 4503."),
        _int("KEEP_ALIVE_S", 30, "Seconds of silence after which a stream or socket says that it is alive."),
    ),
    "Limits and origins": (
        _int("RATE_LIMIT", 500, "Requests a minute for each client address, over all routes."),
        _text(
            "RATE_LIMITS",
            "",
            "Tighter limits: `operation=count/seconds` separated by commas, e.g. `list_properties=120/60`.",
        ),
        _list(
            "CORS_ORIGINS",
            [],
            "Web origins that may call the API with credentials. Development allows any loopback port.",
        ),
        _text("METRICS_TOKEN", "", "Bearer token that `/metrics` asks for. Empty: loopback clients only."),
    ),
    "Links": (
        _text(
            "DEEPLINK_DOMAIN",
            "",
            "Host of the links that open the client apps, of pages of listings and of what search engines read. Empty: "
            "`the360ghar.com` in production, elsewhere this deployment (`PUBLIC_BASE_URL`).",
        ),
        _text("DEEPLINK_APPLE_TEAM_ID", "TEAMID", "Apple's id of the team that signs the iOS apps."),
        _flag("DEEPLINK_FAIL_ON_PLACEHOLDER", False, "Refuse to start while that is no team id."),
        _list("DEEPLINK_GHAR_ANDROID_SHA256", [_GHAR], "SHA-256 of the certificates that sign the app on Android."),
        _list("DEEPLINK_ESTATE_ANDROID_SHA256", [_ESTATE], "The same of the Estate app."),
        _list("DEEPLINK_FLATMATES_ANDROID_SHA256", [_FLATMATES], "The same of the FlatMates app."),
        _list("DEEPLINK_FLATMATES_LEGACY_ANDROID_SHA256", [], "The same of the FlatMates app's former package."),
        _list("DEEPLINK_STAYS_ANDROID_SHA256", [_STAYS], "The same of the Stays app."),
        _text(
            "PUBLIC_APP_URL",
            "",
            "Web app that share pages may lead to, besides this deployment. Empty: this deployment alone.",
        ),
    ),
    "Assistant": (
        _secret("GOOGLE_API_KEY", "", "Key of Gemini. Without any of the three keys the offline assistant answers."),
        _text("AI_AGENT_MODEL", "gemini-3.1-flash-lite", "Model asked first."),
        _text(
            "AI_AGENT_API_BASE",
            "https://generativelanguage.googleapis.com/v1beta/openai",
            "Where that model answers chat completions.",
        ),
        _secret("GLM_API_KEY", "", "Key of GLM, asked when the first does not answer."),
        _text("AI_AGENT_FALLBACK_MODEL", "glm-4.7-flash", "GLM's model."),
        _text("AI_AGENT_FALLBACK_API_BASE", "https://api.z.ai/api/coding/paas/v4", "Where GLM answers."),
        _secret("GROQ_API_KEY", "", "Key of Groq, asked last."),
        _text("GROQ_MODEL", "qwen/qwen3-32b", "Groq's model."),
        _text("GROQ_API_BASE", "https://api.groq.com/openai/v1", "Where Groq answers."),
        _text(
            "ASSISTANT_MCP_SERVERS",
            "",
            "MCP servers outside whose tools the assistant may use: a JSON list of objects with `name`, `url`, `tools`"
            " (the names that may be called), and perhaps `timeout_s` (10), `bearer` (the name of the variable with its"
            " token) and `for_guests` (false).",
        ),
    ),
    "Widgets": (
        _list(
            "WIDGET_IMAGE_ORIGINS",
            ["https://images.360ghar.com", "https://res.cloudinary.com", "https://*.cloudinary.com"],
            "Where pictures of listings are, besides this deployment and its storage. Chat hosts load no others.",
        ),
    ),
    "Design studio": (
        _text(
            "STUDIO_PROVIDER", "gemini", "`gemini`, or `openai` for any service that speaks OpenAI's images protocol."
        ),
        _text(
            "STUDIO_API_BASE",
            "https://generativelanguage.googleapis.com/v1beta",
            "Where it answers, without a slash at the end.",
        ),
        _secret("STUDIO_API_KEY", "", "Its key. Empty: `GOOGLE_API_KEY` for Gemini; without either nothing is made."),
        _text("STUDIO_MODEL", "gemini-3-pro-image-preview", "The model."),
        _int("STUDIO_TIMEOUT_S", 180, "Seconds that making a picture may take, a second attempt included."),
        _int("STUDIO_AT_ONCE", 2, "Pictures that a web process makes at a time; each holds one of WEB_THREADS."),
        _int("STUDIO_A_DAY", 20, "Pictures that one person may ask for in 24 hours."),
    ),
    "Files": (
        _text("MEDIA_STORAGE", "local", "Where new uploads go: `local`, `s3` or `cloudinary`."),
        _text("MEDIA_ROOT", "var/media", "Folder of public and generated files, served at `/media/`."),
        _text("PRIVATE_MEDIA_ROOT", "var/private", "Folder of private files. Nothing may serve it as it is."),
        _int("MAX_UPLOAD_SIZE_MB", 50, "Size of an uploaded file; keep it below `MAX_BODY_MB`."),
        _int(
            "MAX_BATCH_MB",
            1024,
            "Size of the body of `POST /api/v1/upload/batch`, instead of `MAX_BODY_MB`: by default twenty files of the"
            " largest size. While it is read it lies among the machine's temporary files.",
        ),
        _int("MEDIA_LINK_SECONDS", 3600, "How long a link to a private file, or to upload one, may be used."),
        _text("S3_ENDPOINT_URL", "", "Address of an S3-compatible service. Empty: Amazon's of the region."),
        _text("S3_REGION", "ap-south-1", "Region of the bucket."),
        _text("S3_BUCKET", "", "Bucket of uploads; its policy may let anybody read below `public/`, and nothing else."),
        _text("S3_PUBLIC_URL", "", "Where `public/` is read, a CDN for instance. Empty: in the bucket itself."),
        _text("S3_ACCESS_KEY_ID", "", "Key id for the bucket. Empty: what the machine's own role gives."),
        _secret("S3_SECRET_ACCESS_KEY", "", "Secret of that key."),
        _text("CLOUDINARY_CLOUD_NAME", "", "Name of the Cloudinary product environment."),
        _text("CLOUDINARY_API_KEY", "", "Key of Cloudinary's API."),
        _secret("CLOUDINARY_API_SECRET", "", "Secret of that key."),
        _text("STATIC_ROOT", "var/static", "Folder that `collectstatic` fills."),
    ),
    "Search by meaning": (
        _text(
            "EMBEDDER",
            "minilm",
            "What turns texts into vectors: `minilm` (on this machine), `gemini`, `openai` (any service that speaks "
            "OpenAI's embeddings protocol) or `lexical` (words alone, no model).",
        ),
        _text("EMBEDDING_MODEL", "", "The provider's model. Empty: `gemini-embedding-2` or `text-embedding-3-small`."),
        _text("EMBEDDING_API_BASE", "", "Where it answers, without a slash at the end. Empty: at Google or OpenAI."),
        _secret("EMBEDDING_API_KEY", "", "Its key. Empty: `GOOGLE_API_KEY` for Gemini, none for others."),
        _int("EMBEDDING_DIMENSIONS", 768, "Numbers in a provider's vector, 2000 at most; `minilm` has always 384."),
        _int("EMBEDDING_TIMEOUT_S", 30, "Seconds that a provider may take for a batch of listings."),
        _int("EMBEDDING_QUERY_TIMEOUT_S", 3, "Seconds that a search waits before it looks for words alone."),
        _text("EMBEDDING_MODELS_DIR", "var/models", "Folder of the weights that `bin/ghar` fetches for `minilm`."),
    ),
    "Listings": (
        _int("STALE_LISTING_PAUSE_DAYS", 60, "A PG or flatmate listing that nobody touched for so long is paused."),
    ),
    "Visits": (_int("VISIT_DEFAULT_DURATION_MINUTES", 60, "How long a visit takes its visitor and agent."),),
    "Maps": (
        _text(
            "MAP_TILE_URL",
            "",
            "Raster tiles for maps, `https://.../{z}/{x}/{y}.png`. Empty: a plain background with our own points.",
        ),
        _text("MAP_TILE_ATTRIBUTION", "", "The text that the tile provider asks for."),
    ),
    "Observability": (
        _secret("SENTRY_DSN", "", "Error tracking. Empty: off."),
        Variable("SENTRY_TRACES_SAMPLE_RATE", float, 0.0, "Share of requests that are traced, 0 to 1."),
    ),
}

VARIABLES: dict[str, Variable] = {variable.name: variable for group in GROUPS.values() for variable in group}
