"""Apps, middleware, templates, files and language."""

from config.areas import INSTALLED_AREAS
from config.settings.environment import ROOT, environment, read

ENVIRONMENT = environment()
DEVELOPMENT = ENVIRONMENT == "development"
DEBUG = read("DEBUG")
SECRET_KEY = read("SECRET_KEY")
APP_VERSION = read("APP_VERSION")
PUBLIC_BASE_URL = read("PUBLIC_BASE_URL").rstrip("/")
ALLOWED_HOSTS = read("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver"]
SERVERLESS = read("SERVERLESS_ENABLED")

INSTALLED_APPS = [
    *(["daphne"] if DEVELOPMENT else []),  # for `runserver` alone: it takes a tenth of the start of every process
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.gis",
    "django.contrib.postgres",
    "channels",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "import_export",
    "ghar",
    "ghar.outbox",
    "ghar.schedules",
    *INSTALLED_AREAS,
    "config.documents",
]

# Outermost first. CORS stands before everything that may answer by itself, so that a browser can read a 429.
MIDDLEWARE = [
    "ghar.middleware.request_id.RequestId",
    "ghar.middleware.failures.Failures",
    "ghar.observability.metrics.RequestMetrics",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "ghar.middleware.content_policy.ContentPolicy",
    "ghar.middleware.staff_pages.StaffPages",
    "ghar.middleware.cache_control.CacheControl",
    "ghar.middleware.rate_limit.GlobalRateLimit",
    "ghar.middleware.slashes.BothSlashForms",
    "ghar.middleware.browsers.Sessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ghar.middleware.browsers.SignedInStaff",
    "ghar.middleware.browsers.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

# What is answered past the others, a stream or a refusal before there was a thread, still has of them. None may block.
EDGE_MIDDLEWARE = [
    "ghar.middleware.request_id.RequestId",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "ghar.middleware.content_policy.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
APPEND_SLASH = False
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets have templates of ours

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = ROOT / read("STATIC_ROOT")
MEDIA_URL = "/media/"
MEDIA_ROOT = ROOT / read("MEDIA_ROOT")

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True
SILENCED_SYSTEM_CHECKS = ["gis.W001"]  # no geometry is read from clients through GDAL; see docs/decisions

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WEB_THREADS = read("WEB_THREADS")
DB_THREADS = read("DB_THREADS")
WEB_QUEUE = read("WEB_QUEUE")
MAX_BODY_BYTES = read("MAX_BODY_MB") * 1024 * 1024
