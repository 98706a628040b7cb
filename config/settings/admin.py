"""The staff admin's look."""

UNFOLD = {
    "SITE_TITLE": "Ghar",
    "SITE_HEADER": "Ghar",
    "SITE_SUBHEADER": "Staff",
    "SITE_SYMBOL": "home_work",
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "8px",
}
