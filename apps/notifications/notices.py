"""What the platform itself may tell people. Each other area declares its own."""

from ghar.notices import Cap, NoticeType

DAY = 86_400

NOTICE_TYPES = [
    NoticeType("password_changed", "system", "critical", ("email", "in_app"), 7 * DAY),
    NoticeType("security_alert", "system", "critical", ("push", "email", "sms", "in_app"), 7 * DAY),
    NoticeType("app_update", "system", "normal", ("push", "in_app"), 7 * DAY),
    NoticeType("policy_update", "system", "normal", ("email", "in_app"), 30 * DAY),
    NoticeType("export_ready", "system", "normal", ("in_app",), DAY),
    NoticeType("admin_broadcast", "system", "normal", ("push", "in_app"), 7 * DAY),
    NoticeType(
        "promotion_generic", "marketing", "normal", ("push", "email", "in_app"), 5 * DAY, Cap(2, 7), "promotions"
    ),
    NoticeType(
        "discount_offer", "marketing", "high", ("push", "email", "sms", "in_app"), 3 * DAY, Cap(1, 3), "promotions"
    ),
    NoticeType("win_back", "marketing", "normal", ("email", "in_app"), 14 * DAY, Cap(1, 2), "promotions"),
    NoticeType("upsell_suggestion", "marketing", "normal", ("push", "in_app"), 3 * DAY, Cap(3, 10), "promotions"),
    NoticeType(
        "onboarding_nudge", "marketing", "normal", ("push", "email", "in_app"), 7 * DAY, Cap(1, 3), "onboarding"
    ),
    NoticeType(
        "property_recommendation",
        "marketing",
        "normal",
        ("push", "email", "in_app"),
        3 * DAY,
        Cap(3, 10),
        "property_updates",
    ),
    NoticeType("daily_digest", "marketing", "normal", ("email", "in_app"), 2 * DAY, Cap(1, 7), "digest"),
]

TOPICS = {"marketing": "promotion_generic"}
"""Topics that the platform resolves into people itself, with the type that they stand for: the push service would send
to every subscribed device, whatever its person consents to and has had already."""
