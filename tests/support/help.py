"""Pages, FAQs, releases and bug reports, one of each."""

from typing import Any

from apps.accounts.models import User
from apps.support.models import FAQ, AppVersion, BugReport, BugSeverity, BugType, Page


def make_help(reporter: User) -> dict[str, Any]:
    """One of each, as the path parameters that lead to them."""
    page = Page.objects.create(unique_name="terms", title="Terms", content="<p>Be kind.</p>", is_private=False)
    faq = FAQ.objects.create(question="Why?", answer="So.", tags=["first"])
    release = AppVersion.objects.create(app="ghar", platform="android", version="2.0.0", build_number=20)
    bug = BugReport.objects.create(
        user=reporter, source="ghar", title="It closes", bug_type=BugType.CRASH, severity=BugSeverity.HIGH
    )
    return {"unique_name": page.unique_name, "faq_id": faq.pk, "version_id": release.pk, "bug_id": bug.pk}
