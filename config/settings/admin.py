"""The staff admin's look. What it shows follows from the screens; see `ghar.staff`."""

from django.templatetags.static import static
from django.utils.functional import lazy

_static = lazy(static, str)

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

UNFOLD = {
    "SITE_TITLE": "Ghar",
    "SITE_HEADER": "Ghar",
    "SITE_SUBHEADER": "Staff",
    "SITE_SYMBOL": "home_work",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _static("ghar.svg")}],
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "8px",
    "LOGIN": {"form": "ghar.staff.SignInForm"},
    "SIDEBAR": {"show_search": True, "navigation": "ghar.staff.sidebar"},
    "DASHBOARD_CALLBACK": "ghar.staff.dashboard",
    "STYLES": [_static("staff/staff.css")],
    # The theme writes in 600 on white, in 500 on the dark, and in white on 600: each at 4.5:1 or more (WCAG AA).
    "COLORS": {
        "primary": {
            "50": "oklch(98.4% .014 180.72)",
            "100": "oklch(95.3% .051 180.801)",
            "200": "oklch(91% .096 180.426)",
            "300": "oklch(85.5% .138 181.071)",
            "400": "oklch(77.7% .152 181.912)",
            "500": "oklch(70.4% .14 182.503)",
            "600": "oklch(51.1% .096 186.391)",
            "700": "oklch(43.7% .078 188.216)",
            "800": "oklch(38.6% .063 188.416)",
            "900": "oklch(33.2% .055 190.47)",
            "950": "oklch(27.7% .046 192.524)",
        }
    },
}

CHANGE_READER = "apps.history.selectors.list_changes"
