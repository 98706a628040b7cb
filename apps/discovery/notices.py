"""What people may be told about listings that they look for."""

from ghar.notices import NoticeType

MATCHED = NoticeType(
    "saved_search_match", "transactional", "normal", ("push", "email", "in_app"), 3 * 86_400, opt_in="property_updates"
)
NOTICE_TYPES = [MATCHED]
