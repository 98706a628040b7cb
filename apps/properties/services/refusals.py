"""Why a listing cannot be written, switched or removed as somebody wants."""

from ghar.errors import BadRequest, Conflict, NotAllowed


class NotYourListing(NotAllowed):
    """A listing is written by its owner, the owner's agent and admins."""

    code = "NOT_YOUR_LISTING"
    message = "Only the owner, the owner's agent or an admin may change this listing."


class NotYourCustomer(NotAllowed):
    """People list for themselves; an agent does it for a customer of theirs, an admin for anybody."""

    code = "NOT_YOUR_CUSTOMER"
    message = "You may not list a property for this owner."


class OnlyModerators(NotAllowed):
    """Whether a shared home may be seen is decided by an admin."""

    code = "ADMIN_REQUIRED"
    message = "Only an admin may do this."


class OnlyStaffVerify(NotAllowed):
    """A listing is verified by its owner's agent or by an admin, and by nobody for themselves."""

    code = "NOT_YOURS_TO_VERIFY"
    message = "Only the owner's agent or an admin verifies this listing."


class NotApproved(Conflict):
    """Only a shared home that moderation has let live is switched on and off by its owner."""

    code = "LISTING_NOT_APPROVED"
    message = "This listing waits for review, or did not pass it."


class NotShared(Conflict):
    """Only shared homes (PG, flatmate) are moderated."""

    code = "LISTING_NOT_MODERATED"
    message = "Only PG and flatmate listings are moderated."


class PropertyInUse(BadRequest):
    """Something that is still to happen hangs on the listing."""

    code = "PROPERTY_IN_USE"
    message = "This listing cannot be deleted: something else depends on it."


class ListingChanged(Conflict):
    """Somebody wrote the listing after it was read, so what was decided about it may not fit any more."""

    code = "LISTING_CHANGED"
    message = "This listing was changed since it was read. Look at it again."


class NotOpen(Conflict):
    """What nobody finds cannot be put before others."""

    code = "LISTING_NOT_OPEN"
    message = "Only a listing that everybody can find is boosted."


class BoostedLately(Conflict):
    """A listing is boosted once a week; `again_at` says from when on."""

    code = "BOOSTED_LATELY"
    message = "This listing was boosted less than a week ago."
