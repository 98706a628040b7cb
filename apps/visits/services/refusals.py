"""Why a visit cannot be, or cannot become, what somebody wants."""

from ghar.errors import BadRequest, Conflict, NotAllowed


class VisitConflict(Conflict):
    """The visitor, or every agent at work, is in another visit at that time."""

    code = "VISIT_CONFLICT"
    message = "The visitor has another visit at that time."


class VisitInThePast(BadRequest):
    """A visit begins in the future."""

    code = "VISIT_IN_THE_PAST"
    message = "The visit must be scheduled for a future date."


class VisitTooFarAhead(BadRequest):
    """A visit begins within a year."""

    code = "VISIT_TOO_FAR_AHEAD"
    message = "The visit must be scheduled within a year."


class OwnListing(BadRequest):
    """Nobody visits a listing of their own."""

    code = "OWN_LISTING"
    message = "You cannot schedule a visit to your own listing."


class ListingUnavailable(Conflict):
    """The listing is off the market."""

    code = "PROPERTY_UNAVAILABLE"
    message = "This listing is not available for visits."


class MeetsNeedAConversation(BadRequest):
    """Flatmates meet when they have talked, and there are no conversations here yet."""

    code = "CONVERSATION_REQUIRED"
    message = "A flatmate meet needs an active conversation or match with the other person."


class ToursHaveNoCounterparty(BadRequest):
    """Only a flatmate meet is with somebody."""

    code = "COUNTERPARTY_NOT_ALLOWED"
    message = "counterparty_user_id is only for flatmate meets."


class WrongStatus(BadRequest):
    """A visit in its present status cannot become that."""

    code = "INVALID_STATUS_TRANSITION"


class VisitIsOver(BadRequest):
    """The visit was completed or cancelled."""

    code = "VISIT_IS_OVER"
    message = "Failed to reschedule visit: it is completed or cancelled."


class VisitNotYet(BadRequest):
    """A visit is completed after it has begun."""

    code = "VISIT_NOT_YET"
    message = "The visit cannot be completed before its time."


class PartiesAreFixed(BadRequest):
    """Who meets whom, and why, is decided when a visit is scheduled."""

    code = "VISIT_PARTIES_FIXED"


class NotYourTurn(NotAllowed):
    """The time is confirmed by the side that did not ask for it."""

    code = "NOT_YOURS_TO_CONFIRM"
    message = "The other side confirms the time."


class NotYoursToComplete(NotAllowed):
    """A visit is completed by the owner, an agent concerned or an admin."""

    code = "NOT_YOURS_TO_COMPLETE"
    message = "Only the owner, an agent or an admin completes a visit."


class VisitorsWords(NotAllowed):
    """Wishes and feedback are the visitor's."""

    code = "NOT_YOURS_TO_WRITE"
