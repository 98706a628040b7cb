"""From where the views of tool results may load what, and in whose frames they stand."""

from config.settings.environment import environment, origins_of, read

_OWN = origins_of(read("PUBLIC_BASE_URL"))

# What chat hosts are told to allow, besides the view itself.
WIDGET_CONNECTS = _OWN
WIDGET_RESOURCES = list(dict.fromkeys([*_OWN, *origins_of(read("S3_PUBLIC_URL")), *read("WIDGET_IMAGE_ORIGINS")]))

# What browsers are told where a client frames a view of this server. A feed's pictures are where the feed says.
_LOCAL = [] if environment() == "production" else ["http://localhost:*", "http://127.0.0.1:*"]
WIDGET_SECURITY_POLICY = {
    "default-src": ["'none'"],
    "img-src": ["https:", "data:", *_OWN],
    "connect-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'self'", *read("CORS_ORIGINS"), *_LOCAL],
}
