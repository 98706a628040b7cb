"""What people may be told about visits."""

from ghar.notices import NoticeType

DAY = 86_400
_TOLD = ("push", "email", "in_app")

REQUESTED = NoticeType("visit_requested", "transactional", "high", _TOLD, DAY)
RESCHEDULED = NoticeType("visit_rescheduled", "transactional", "high", _TOLD, DAY)
CONFIRMED = NoticeType("visit_confirmed", "transactional", "high", _TOLD, DAY)
CANCELLED = NoticeType("visit_cancelled", "transactional", "high", _TOLD, DAY)
COMPLETED = NoticeType("visit_completed", "transactional", "normal", ("push", "in_app"), 3 * DAY)
REMINDER = NoticeType(
    "visit_reminder", "transactional", "high", ("push", "sms", "email", "in_app"), DAY, opt_in="visit_reminders"
)
NOTICE_TYPES = [REQUESTED, RESCHEDULED, CONFIRMED, CANCELLED, COMPLETED, REMINDER]
