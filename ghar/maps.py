"""Maps of staff screens: a field that is set by dragging a pin, and points as GeoJSON.

Leaflet is vendored. Street tiles are used when MAP_TILE_URL names some; without it a map is a plain background with
our own points, and says so.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.gis.geos import Point
from unfold.widgets import UnfoldAdminTextInputWidget

from ghar import geo

LEAFLET = "vendor/leaflet-1.9.4"
CLUSTERS = "vendor/leaflet.markercluster-1.5.3"
MOST_POINTS = 5000


def tiles() -> dict[str, str]:
    """What the scripts need to know of the base map."""
    return {"url": settings.MAP_TILE_URL, "attribution": settings.MAP_TILE_ATTRIBUTION}


class PinWidget(forms.MultiWidget):
    """Latitude and longitude as two inputs, and a map whose pin writes them. Works without the map too."""

    template_name = "admin/maps/pin.html"

    class Media:
        css = {"all": [f"{LEAFLET}/leaflet.css", "maps/maps.css"]}
        js = [f"{LEAFLET}/leaflet.js", "maps/base.js", "maps/pin.js"]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "decimal"}
        super().__init__(
            {
                "latitude": UnfoldAdminTextInputWidget({**number, "placeholder": "Latitude"}),
                "longitude": UnfoldAdminTextInputWidget({**number, "placeholder": "Longitude"}),
            },
            attrs,
        )

    def decompress(self, value: Point | None) -> list[float | None]:
        """The two inputs of a point."""
        return [value.y, value.x] if value else [None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the base map."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return {**context, "tiles": tiles()}


class PinField(forms.MultiValueField):
    """A point on the globe, typed or dragged; both inputs empty means none."""

    widget = PinWidget

    def __init__(self, **options: Any) -> None:
        for unknown in ("geom_type", "srid", "max_length"):  # what a geometry column would tell its own form field
            options.pop(unknown, None)
        super().__init__(
            fields=[
                forms.FloatField(min_value=-90, max_value=90, label="latitude"),
                forms.FloatField(min_value=-180, max_value=180, label="longitude"),
            ],
            require_all_fields=False,  # one without the other is incomplete, none at all is not
            **options,
        )

    def compress(self, data_list: list[float]) -> Point | None:
        """The point of the two numbers."""
        return geo.point(*data_list) if data_list else None


def feature(point: Point, **properties: Any) -> dict[str, Any]:
    """A point as GeoJSON. The scripts show `title`, `lines` and link to `url`."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(point.x, 6), round(point.y, 6)]},
        "properties": properties,
    }


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """GeoJSON of at most MOST_POINTS points; give one more, and `truncated` tells that there are more."""
    shown = list(features)
    return {
        "type": "FeatureCollection",
        "features": shown[:MOST_POINTS],
        "truncated": len(shown) > MOST_POINTS,
    }
