"""Listings, for staff: found by filters or on the map, corrected through a service."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.gis.db.models import PointField
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.contrib.filters.admin import (
    BooleanRadioFilter,
    ChoicesDropdownFilter,
    FieldTextFilter,
    MultipleChoicesDropdownFilter,
    RangeNumericFilter,
)
from unfold.decorators import display

from apps.properties import permissions
from apps.properties.admin.moderation import ModerationQueue
from apps.properties.admin.parts import SEEN, AmenityRows, ImageRows, small
from apps.properties.admin.sheets import ListingSheet
from apps.properties.models import (
    Property,
    PropertyPurpose,
    PropertyStatus,
    PropertyType,
)
from apps.properties.selectors import figures
from apps.properties.selectors import moderation as waiting
from apps.properties.services import correcting, moderation
from ghar import maps, money
from ghar.actors import Actor
from ghar.admin import Screen, Staff, actor_of
from ghar.api.rendering import dumps
from ghar.asking import asks, given_reason
from ghar.sheets.screens import Imports
from ghar.staff import DAYS, Course, Figure, parts

STATUS_COLOURS = {
    PropertyStatus.AVAILABLE: "success",
    PropertyStatus.UNDER_OFFER: "warning",
    PropertyStatus.MAINTENANCE: "warning",
    PropertyStatus.SOLD: "info",
    PropertyStatus.RENTED: "info",
}


@admin.register(Property)
class PropertyScreen(ModerationQueue, Imports, Screen):
    """Agents look at what is live; admins look at everything, correct it, take it out as a file and bring it in."""

    access = {**SEEN, "export": Staff.ADMINS, "import": Staff.ADMINS}
    sheet = ListingSheet
    icon = "home_work"
    list_display = [
        "picture", "headline", "kind", "price", "status_label", "owner", "is_available", "live",
        "created_at",
    ]  # fmt: skip
    list_display_links = ["headline"]
    list_select_related = ["owner"]
    list_filter = [
        ("property_type", MultipleChoicesDropdownFilter),
        ("purpose", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
        ("city", FieldTextFilter),
        ("base_price", RangeNumericFilter),
        ("is_available", BooleanRadioFilter),
        ("is_live", BooleanRadioFilter),
        ("is_seed_data", BooleanRadioFilter),
    ]
    list_before_template = "admin/maps/points.html"
    search_fields = ["title", "locality", "sub_locality", "=pincode", "owner__phone", "=source_id"]
    search_help_text = "Title, place, PIN code, owner's phone or published id"
    ordering = ["-created_at", "-id"]
    autocomplete_fields = ["owner"]
    inlines = [ImageRows, AmenityRows]
    actions_list = ["moderation"]
    actions = ["take_offline", "put_online", "approve", "send_back", "reject"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title", "description", ("property_type", "purpose"), ("status", "is_available"), "available_from",
                    "owner", "owner_contact", "builder_name", "is_live",
                ],
            },
        ),
        (
            "Where",
            {
                "classes": ["tab"],
                "fields": [
                    "location", ("city", "state"), ("locality", "sub_locality"), ("landmark", "pincode"),
                    "full_address",
                ],
            },
        ),
        (
            "Money",
            {
                "classes": ["tab"],
                "fields": [
                    ("base_price", "price_per_sqft"), ("monthly_rent", "daily_rate"),
                    ("security_deposit", "maintenance_charges"), ("setup_cost", "other_charges"),
                    "other_charges_description",
                ],
            },
        ),
        (
            "Building",
            {
                "classes": ["tab"],
                "fields": [
                    ("area_sqft", "area_type"), ("bedrooms", "bathrooms"), ("balconies", "parking_spaces"),
                    ("floor_number", "total_floors"), ("age_of_property", "max_occupancy"),
                    ("kitchen_type", "furnishing_level"), ("ventilation_type", "minimum_stay_days"), "features",
                    "tags",
                ],
            },
        ),
        (
            "Origin",
            {
                "classes": ["tab"],
                "fields": [
                    ("source", "source_id"), "is_seed_data", ("view_count", "like_count", "interest_count"),
                    ("created_at", "updated_at"), "listing_preferences",
                ],
            },
        ),
    ]  # fmt: skip
    readonly_fields = [
        "features", "tags", "listing_preferences", "is_live", "source", "source_id", "is_seed_data", "view_count",
        "like_count", "interest_count", "created_at", "updated_at",
    ]  # fmt: skip

    class Media:
        css = {"all": [f"{maps.LEAFLET}/leaflet.css", f"{maps.CLUSTERS}/MarkerCluster.css",
                       f"{maps.CLUSTERS}/MarkerCluster.Default.css", "maps/maps.css"]}  # fmt: skip
        js = [f"{maps.LEAFLET}/leaflet.js", f"{maps.CLUSTERS}/leaflet.markercluster.js", "maps/base.js",
              "maps/points.js"]  # fmt: skip

    @property
    def tiles(self) -> dict[str, str]:
        """The base map, for the template."""
        return maps.tiles()

    def visible_to(self, actor: Actor) -> Q:
        """As the area decides."""
        return permissions.visible_to(actor)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Property]:
        """Without the column that only searches read."""
        return super().get_queryset(request).defer("search_vector")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The position is a pin on our own map; Django's widget would load its map from a CDN."""
        if isinstance(db_field, PointField):
            return maps.PinField(required=False, label="Position")
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_custom_urls(self) -> tuple[Any, ...]:
        """The points of the map."""
        return (("points/", "properties_property_points", self.points),)

    def points(self, request: HttpRequest, model_admin: Any) -> HttpResponse:
        """The listings that the list's filters leave, as GeoJSON, the newest ones when there are too many."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_changelist_instance(request).queryset.exclude(location=None)
        columns = ("pk", "title", "location", "property_type", "purpose", "base_price", "locality")
        rows = found.select_related(None).values_list(*columns)[: maps.MOST_POINTS + 1]
        return HttpResponse(dumps(maps.collection(map(_feature, rows))), content_type="application/geo+json")

    def figures(self, actor: Actor) -> list[Figure]:
        """What is on offer."""
        list_of = reverse("admin:properties_property_changelist")
        counts = figures.count_listings(actor)
        return [
            Figure("Listings", counts.all, list_of, "home_work", f"{counts.new} new in the last 7 days"),
            Figure("Open to everybody", counts.open, f"{list_of}?is_available__exact=1&is_live__exact=1", "visibility"),
            _by(counts.by_type, "property_type", PropertyType, "Listings by type", list_of),
            _by(counts.by_purpose, "purpose", PropertyPurpose, "Listings by purpose", list_of),
        ]

    def calls(self, actor: Actor) -> list[Figure]:
        """Whose home waits to be seen."""
        count = waiting.count_waiting(actor)
        return [Figure("Homes to moderate", count, reverse("admin:properties_property_moderation"), "gavel")]

    def courses(self, actor: Actor) -> list[Course]:
        """What was put in."""
        list_of = reverse("admin:properties_property_changelist")
        return [Course("New listings", figures.count_listings_by_day(actor, DAYS), list_of)]

    @admin.display(description="")
    def picture(self, listing: Property) -> str:
        """The main picture, small."""
        return small(listing.main_image_url, 72)

    @display(description="listing", header=True, ordering="title")
    def headline(self, listing: Property) -> list[str]:
        """Title over place."""
        return [listing.title, ", ".join(filter(None, (listing.locality, listing.city)))]

    @display(description="kind", header=True, ordering="property_type")
    def kind(self, listing: Property) -> list[str]:
        """Type over purpose."""
        return [listing.get_property_type_display(), listing.get_purpose_display()]

    @admin.display(description="price", ordering="base_price")
    def price(self, listing: Property) -> str:
        """In rupees."""
        return money.rupees(listing.base_price)

    @display(description="live", boolean=True, ordering="is_live")
    def live(self, listing: Property) -> bool:
        """May everybody see it?"""
        return listing.is_live

    @display(description="status", label=STATUS_COLOURS, ordering="status")
    def status_label(self, listing: Property) -> tuple[str, str]:
        """The status, coloured."""
        return listing.status, listing.get_status_display()

    @admin.action(description="Take off the market", permissions=["change"])
    @asks("Nobody finds these listings any more, until they are put back.")
    def take_offline(self, request: HttpRequest, queryset: QuerySet[Property]) -> None:
        """Nobody finds the chosen listings any more."""
        service = partial(correcting.correct_listing, changes={"is_available": False})
        self.carry_out(request, queryset, service, key="property_id", done="taken off the market")

    @admin.action(description="Put on the market", permissions=["change"])
    @asks("Everybody finds these listings again.")
    def put_online(self, request: HttpRequest, queryset: QuerySet[Property]) -> None:
        """The chosen listings are found again."""
        service = partial(correcting.correct_listing, changes={"is_available": True})
        self.carry_out(request, queryset, service, key="property_id", done="put on the market")

    @admin.action(description="Approve (PG, flatmate)", permissions=["change"])
    @asks("Everybody may see these homes; their owners are told.")
    def approve(self, request: HttpRequest, queryset: QuerySet[Property]) -> None:
        """Everybody may see the chosen shared homes."""
        self._moderate(request, queryset, "approve", "approved")

    @admin.action(description="Send back for changes (PG, flatmate)", permissions=["change"])
    @asks(
        "Nobody sees these homes until their owners changed them; the owners are told why.",
        reason="What has to change",
        needs_reason=True,
    )
    def send_back(self, request: HttpRequest, queryset: QuerySet[Property]) -> None:
        """Their owners are to change something first."""
        self._moderate(request, queryset, "request_edit", "sent back")

    @admin.action(description="Reject (PG, flatmate)", permissions=["change"])
    @asks("Nobody sees these homes; their owners are told why.", reason="Why", needs_reason=True)
    def reject(self, request: HttpRequest, queryset: QuerySet[Property]) -> None:
        """Nobody sees the chosen shared homes."""
        self._moderate(request, queryset, "reject", "rejected")

    def _moderate(self, request: HttpRequest, queryset: QuerySet[Property], action: str, done: str) -> None:
        service = partial(moderation.moderate_listing, action=action, reason=given_reason(request))
        self.carry_out(request, queryset, service, key="property_id", done=done)

    def store(self, request: HttpRequest, obj: Any, form: Any) -> None:
        """Only what was changed, through the service."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        if changes:
            correcting.correct_listing(actor=actor_of(request), property_id=obj.pk, changes=changes)


def _feature(row: tuple[Any, ...]) -> dict[str, Any]:
    pk, title, location, kind, purpose, price, locality = row
    lines = [f"{PropertyType(kind).label} · {PropertyPurpose(purpose).label} · {money.rupees(price)}", locality or ""]
    url = reverse("admin:properties_property_change", args=[pk])
    return maps.feature(location, title=title, lines=lines, url=url)


def _by(counted: list[tuple[str, int]], column: str, choices: Any, title: str, list_of: str) -> Figure:
    """Counts of a column's values, each linked to the filtered list."""
    shares = [(choices(value).label, count, f"{list_of}?{column}__exact={value}") for value, count in counted]
    return Figure(title, sum(count for _, count, _ in shares), list_of, parts=parts(shares))
