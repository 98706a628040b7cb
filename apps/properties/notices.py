"""What people may be told about their listings."""

from ghar.notices import NoticeType

PAUSED = NoticeType("listing_paused", "transactional", "normal", ("push", "email", "in_app"), 7 * 86_400)
NOTICE_TYPES = [PAUSED]
