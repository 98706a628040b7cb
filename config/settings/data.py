"""PostgreSQL and Redis."""

from config.settings.environment import read
from ghar.db.roles import Role, connection_settings

DATABASE_URL = read("DATABASE_URL")
DB_ROLE = Role(read("DB_ROLE"))

DATABASES = {
    "default": connection_settings(
        url=DATABASE_URL,
        role=DB_ROLE,
        statement_timeout_ms=read(
            "DB_STATEMENT_TIMEOUT_MS" if DB_ROLE is Role.WEB else "DB_BACKGROUND_STATEMENT_TIMEOUT_MS"
        ),
        connect_timeout_s=read("DB_CONNECT_TIMEOUT_S"),
        max_age_s=0 if read("SERVERLESS_ENABLED") else read("DB_CONN_MAX_AGE_S"),
        pgbouncer=read("DB_PGBOUNCER"),
    )
}

REDIS_URL = read("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "ghar",
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": "ghar:ws"},
    }
}

SSE_MOST = read("SSE_MOST")
SOCKETS_MOST = read("SOCKETS_MOST")
KEEP_ALIVE_S = read("KEEP_ALIVE_S")
