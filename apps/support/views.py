"""Pages, FAQs, app versions and bug reports over REST."""

from typing import Any

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from apps.media.services import uploads
from apps.media.services.taking import Given
from apps.support import serializers
from apps.support.selectors import bugs as bug_selectors
from apps.support.selectors import faqs as faq_selectors
from apps.support.selectors import pages as page_selectors
from apps.support.selectors import versions as version_selectors
from apps.support.services import bugs, faqs, pages, refusals, versions
from ghar import limits
from ghar.api.access import Access
from ghar.api.pages import render
from ghar.api.rendering import shown
from ghar.api.schema import Message
from ghar.api.views import View, operation
from ghar.db.json_rows import decode
from ghar.db.listing import Listing

Values = dict[str, Any]

ADMIN: Any = {"access": Access.ADMIN, "tags": ["core"]}
PUBLIC: Any = {"access": Access.PUBLIC, "tags": ["core"]}
SIGNED_IN: Any = {"access": Access.SIGNED_IN, "tags": ["core"]}
PAGE: Any = {"answer": serializers.PageOut}
FAQ: Any = {"answer": serializers.FAQOut}
VERSION: Any = {"answer": serializers.AppVersionOut}
BUG: Any = {"answer": serializers.BugOut}
REPORTS = limits.Limit(60, 3600)


class Pages(View):
    @operation("create_page", **ADMIN, **PAGE, body=serializers.PageIn, idempotent=True)
    def post(self, request: Request, body: Values) -> Values:
        """Write a page under a name. One that was taken down is written anew."""
        return shown(serializers.PageOut, pages.create_page(actor=self.actor, **body))

    @operation("list_pages", **ADMIN, **PAGE, query=serializers.PagesIn, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """All pages, the last changed first."""
        return page_selectors.list_pages(self.actor, is_active=query["is_active"], is_draft=query["is_draft"])


class OnePage(View):
    @operation("get_page", **ADMIN, **PAGE)
    def get(self, request: Request, unique_name: str) -> Values:
        """A page that was not taken down."""
        return shown(serializers.PageOut, page_selectors.get_page(self.actor, unique_name))

    @operation("update_page", **ADMIN, **PAGE, body=serializers.PageUpdateIn)
    def put(self, request: Request, unique_name: str, body: Values) -> Values:
        """Write the given fields of a page."""
        page = pages.update_page(actor=self.actor, unique_name=unique_name, changes=body)
        return shown(serializers.PageOut, page)

    @operation("take_page_down", **ADMIN, answer=Message)
    def delete(self, request: Request, unique_name: str) -> Values:
        """Nobody reads the page any more."""
        pages.take_page_down(actor=self.actor, unique_name=unique_name)
        return {"message": "Page deleted successfully", "success": True}


class PublicPage(View):
    @operation("read_page", **PUBLIC, answer=serializers.PublicPageOut)
    def get(self, request: Request, unique_name: str) -> Values:
        """A page for the public; the reading is counted."""
        return shown(serializers.PublicPageOut, pages.read_page(actor=self.actor, unique_name=unique_name))


class FAQs(View):
    @operation("create_faq", **ADMIN, **FAQ, body=serializers.FAQIn, idempotent=True)
    def post(self, request: Request, body: Values) -> Values:
        """Write a question and its answer."""
        return shown(serializers.FAQOut, faqs.create_faq(actor=self.actor, **body))

    @operation("list_faqs", **ADMIN, **FAQ, query=serializers.FAQsIn, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """All FAQs, also those that were taken down, in their order."""
        return faq_selectors.list_faqs(self.actor, category=query["category"], is_active=query["is_active"])


class PublicFAQs(View):
    @operation("list_public_faqs", **PUBLIC, **FAQ, query=serializers.PublicFAQsIn, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """FAQs for the public, in their order."""
        return faq_selectors.list_public_faqs(category=query["category"])


class OneFAQ(View):
    @operation("get_faq", **ADMIN, **FAQ)
    def get(self, request: Request, faq_id: int) -> Values:
        """One FAQ."""
        return shown(serializers.FAQOut, faq_selectors.get_faq(self.actor, faq_id))

    @operation("update_faq", **ADMIN, **FAQ, body=serializers.FAQUpdateIn)
    def put(self, request: Request, faq_id: int, body: Values) -> Values:
        """Write the given fields of a FAQ."""
        return shown(serializers.FAQOut, faqs.update_faq(actor=self.actor, faq_id=faq_id, changes=body))

    @operation("take_faq_down", **ADMIN, answer=Message)
    def delete(self, request: Request, faq_id: int) -> Values:
        """The public reads it no more."""
        faqs.take_faq_down(actor=self.actor, faq_id=faq_id)
        return {"message": "FAQ deleted successfully", "success": True}


class AppVersions(View):
    @operation(
        "create_version",
        **ADMIN,
        **VERSION,
        body=serializers.AppVersionIn,
        idempotent=True,
        refusals=(refusals.VersionExists,),
    )
    def post(self, request: Request, body: Values) -> Values:
        """Enter a release of a client app."""
        return shown(serializers.AppVersionOut, versions.create_version(actor=self.actor, **body))

    @operation("list_versions", **ADMIN, **VERSION, query=serializers.AppVersionsIn, page=True)
    def get(self, request: Request, query: Values) -> Listing:
        """The releases, the last entered first."""
        wanted = {name: query[name] for name in ("app", "platform", "is_active")}
        return version_selectors.list_versions(self.actor, **wanted)


class OneAppVersion(View):
    @operation("update_version", **ADMIN, **VERSION, body=serializers.AppVersionUpdateIn)
    def put(self, request: Request, version_id: int, body: Values) -> Values:
        """Write the given fields of a release."""
        release = versions.update_version(actor=self.actor, version_id=version_id, changes=body)
        return shown(serializers.AppVersionOut, release)


class VersionCheck(View):
    @operation("check_version", **PUBLIC, body=serializers.VersionCheckIn, answer=serializers.VersionCheckOut)
    def post(self, request: Request, body: Values) -> Values:
        """Whether a client should, or must, be updated."""
        return shown(serializers.VersionCheckOut, version_selectors.check_version(**body))


class Bugs(View):
    @operation("report_bug", **SIGNED_IN, **BUG, body=serializers.BugIn, idempotent=True, limit=REPORTS)
    def post(self, request: Request, body: Values) -> Values:
        """Report what is wrong."""
        return bug_selectors.get_bug(self.actor, bugs.report_bug(actor=self.actor, **body).pk)

    @operation("list_bugs", **SIGNED_IN, **BUG, query=serializers.BugsIn, page=True)
    def get(self, request: Request, query: Values) -> Values:
        """The caller's reports, everybody's for admins, the newest first."""
        wanted = {name: query[name] for name in ("status", "bug_type", "severity")}
        page = decode(render(bug_selectors.list_bugs(self.actor, **wanted), query).body)
        return page | {"items": [bug_selectors.shown(row) for row in page["items"]]}


class BugsWithFiles(View):
    @operation(
        "report_bug_with_files",
        **SIGNED_IN,
        **BUG,
        body=serializers.BugWithFilesIn,
        reads=MultiPartParser,
        limit=REPORTS,
        refusals=uploads.REFUSALS,
    )
    def post(self, request: Request, body: Values) -> Values:
        """Report what is wrong, with files that show it."""
        files = [_given(file, f"files.{position}") for position, file in enumerate(body.pop("files"))]
        bug = bugs.report_bug_with_files(actor=self.actor, files=files, **body)
        return bug_selectors.get_bug(self.actor, bug.pk)


def _given(file: Any, field: str) -> Given:
    return Given(file=file, size=file.size, filename=file.name, content_type=file.content_type, field=field)


class OneBug(View):
    @operation("get_bug", **SIGNED_IN, **BUG)
    def get(self, request: Request, bug_id: int) -> Values:
        """One report."""
        return bug_selectors.get_bug(self.actor, bug_id)

    @operation("update_bug", **SIGNED_IN, **BUG, body=serializers.BugUpdateIn, refusals=(refusals.OnlyResolution,))
    def put(self, request: Request, bug_id: int, body: Values) -> Values:
        """Write the given fields of a report; the reporter may write the resolution only."""
        bugs.update_bug(actor=self.actor, bug_id=bug_id, changes=body)
        return bug_selectors.get_bug(self.actor, bug_id)
