"""Swipes: what people think of the listings that they were shown. And saved searches: what they wait for."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now

from ghar.models import Timestamped, choices_check


class SwipeAction(models.TextChoices):
    PASS = "pass", "Pass"
    LIKE = "like", "Like"
    SUPER_LIKE = "super_like", "Super like"


class Swipe(models.Model):
    """What one person decided about one listing, the last time they did. The database keeps `is_liked` itself.

    `created_at` is when they first decided, `swiped_at` when they last did. Demo people and demo listings tell which
    rows are demo data, so there is no flag.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="swipes", db_index=False)
    property = models.ForeignKey("properties.Property", on_delete=models.CASCADE, related_name="swipes")
    action = models.CharField(max_length=16, choices=SwipeAction)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    swiped_at = models.DateTimeField(db_default=Now())

    is_liked = models.GeneratedField(
        expression=Case(When(~Q(action=SwipeAction.PASS), then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        db_table = "user_swipes"
        constraints = [
            choices_check("action", SwipeAction, name="user_swipes_action_known"),
            models.UniqueConstraint(fields=["user", "property"], name="user_swipes_once"),
        ]
        indexes = [models.Index(fields=["user", "-swiped_at", "-id"], name="user_swipes_latest")]

    def __str__(self) -> str:
        return f"{self.action} of {self.property_id}"


class SavedSearch(Timestamped):
    """What somebody looks for again and again. `filters` are those of the listing search, as they were given.

    `checked_at` is up to when news were compared with it, `seen_at` when the person last looked at what is new.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", db_index=False
    )
    name = models.CharField(max_length=100)
    filters = models.JSONField()
    notify = models.BooleanField(default=True)
    checked_at = models.DateTimeField(db_default=Now(), editable=False)
    seen_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "saved_searches"
        verbose_name_plural = "saved searches"
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="saved_searches_newest"),
            models.Index(fields=["checked_at", "id"], name="saved_searches_to_check"),
        ]

    def __str__(self) -> str:
        return self.name


class SavedSearchMatch(models.Model):
    """A listing that became news and fits a saved search. It is one row for ever, so nobody is told of it twice."""

    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="matches", db_index=False)
    property = models.ForeignKey("properties.Property", on_delete=models.CASCADE, related_name="+")
    matched_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "saved_search_matches"
        verbose_name_plural = "saved search matches"
        constraints = [
            models.UniqueConstraint(fields=["saved_search", "property"], name="saved_search_matches_once"),
        ]
        indexes = [models.Index(fields=["saved_search", "-matched_at"], name="saved_search_matches_newest")]

    def __str__(self) -> str:
        return f"{self.property_id} fits {self.saved_search_id}"


class ListingNews(models.Model):
    """How a listing stood when it was last compared, and when it last became news: newly open, or at another price.

    Listings are compared with these rows instead of being listened to, so that no crash and no bulk change is missed.
    """

    property = models.OneToOneField("properties.Property", on_delete=models.CASCADE, primary_key=True, related_name="+")
    is_open = models.BooleanField()
    price = models.DecimalField(max_digits=12, decimal_places=2)
    news_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        db_table = "listing_news"
        verbose_name_plural = "listing news"

    def __str__(self) -> str:
        return f"news of {self.property_id}"
