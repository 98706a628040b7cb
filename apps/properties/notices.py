"""What people may be told about their listings."""

from ghar.notices import NoticeType

DAY = 86_400
_TOLD = ("push", "email", "in_app")

PAUSED = NoticeType("listing_paused", "transactional", "normal", _TOLD, 7 * DAY)
APPROVED = NoticeType("flatmate_listing_approved", "transactional", "normal", _TOLD, 3 * DAY)
REJECTED = NoticeType("flatmate_listing_rejected", "transactional", "high", _TOLD, 7 * DAY)
NOTICE_TYPES = [PAUSED, APPROVED, REJECTED]
