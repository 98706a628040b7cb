"""What the services of this area refuse."""

from ghar.errors import Conflict, Invalid, NotAllowed


class OnlyAdmins(NotAllowed):
    """Pages, FAQs and app versions are written by admins."""

    code = "ADMIN_REQUIRED"
    message = "Only an admin may do this."


class PageNameTaken(Invalid):
    """There is a page of that name."""

    def __init__(self, name: str) -> None:
        wrong = {"loc": ["body", "unique_name"], "msg": "There is a page of this name.", "type": "value_error"}
        super().__init__(f"There is a page named {name!r}.", fields=[wrong])


class VersionExists(Conflict):
    """The release was entered before."""

    code = "APP_VERSION_EXISTS"
    message = "This version was entered before."


class OnlyResolution(NotAllowed):
    """A reporter may say how their bug was resolved; the rest is for admins."""

    code = "BUG_REPORT_FOR_ADMINS"
    message = "You may only write the resolution of your report."
