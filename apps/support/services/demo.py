"""Demo help: pages, FAQs, a release of each client app, and a few bug reports of demo seekers."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model

from apps.accounts.services import demo as people
from apps.support.models import FAQ, AppVersion, BugReport, BugSeverity, BugStatus, BugType, Page
from ghar import clock, demo
from ghar.progress import Progress

_PAGES = (
    ("about-us", "About us", "<p>One place to find, visit, rent and look after a home.</p>"),
    (
        "terms",
        "Terms of use",
        "<h2>Your account</h2><p>Keep your sign-in to yourself.</p>",
    ),
    ("privacy", "Privacy", "<h2>What we keep</h2><p>What you enter, and what you do with listings and visits.</p>"),
)
_FAQS = (
    ("listings", "How do I save a search?", "Open the filters, choose what you look for, and tap Save."),
    ("visits", "How do I move a visit?", "Open the visit and choose another time. The other side confirms it."),
    ("visits", "Who shows me the place?", "An agent who is free at that time, or the owner."),
    ("account", "How do I change my phone number?", "Under Profile, tap the number and confirm the code we send."),
    ("rent", "When is rent due?", "On the day that your lease names. You are reminded before."),
)
_APPS = ("ghar", "estate", "flatmates", "stays")
_BUGS = (
    ("The map stays grey", BugType.UI_BUG, BugSeverity.MEDIUM, BugStatus.OPEN),
    ("The app closes when I add a photo", BugType.CRASH, BugSeverity.HIGH, BugStatus.IN_PROGRESS),
    ("Show the nearest metro station", BugType.FEATURE_REQUEST, BugSeverity.LOW, BugStatus.RESOLVED),
)


def system_load_demo(progress: Progress) -> dict[str, int]:
    """Add what is missing; a page or release that is there already stays."""
    with progress.bar("Help", 1) as bar, transaction.atomic():
        added = {
            "pages": _add(Page, _pages()),
            "FAQs": 0 if FAQ.objects.filter(is_seed_data=True).exists() else _add(FAQ, _faqs()),
            "app versions": _add(AppVersion, _versions()),
            "bug reports": 0 if BugReport.objects.filter(is_seed_data=True).exists() else _add(BugReport, _bugs()),
        }
        bar.advance()
    return added


def system_clear_demo(progress: Progress) -> dict[str, int]:
    """Remove what was added."""
    counts = {}
    with progress.bar("Help", 1) as bar:
        for kind in (Page, FAQ, AppVersion, BugReport):
            removed = demo.remove(kind._default_manager.filter(is_seed_data=True))
            counts[f"{kind._meta.verbose_name_plural} removed"] = removed.gone
        bar.advance()
    return counts


def _add(kind: type[Model], rows: Iterable[Any]) -> int:
    before = kind._default_manager.count()
    kind._default_manager.bulk_create(rows, ignore_conflicts=True)
    return kind._default_manager.count() - before


def _pages() -> list[Page]:
    shown = {"is_private": False, "is_seed_data": True}
    return [Page(unique_name=name, title=title, content=text, **shown) for name, title, text in _PAGES]


def _faqs() -> list[FAQ]:
    return [
        FAQ(category=category, question=question, answer=answer, display_order=place, is_seed_data=True)
        for place, (category, question, answer) in enumerate(_FAQS)
    ]


def _versions() -> list[AppVersion]:
    return [
        AppVersion(
            app=app,
            platform=platform,
            version="2.0.0",
            build_number=200,
            min_supported_version="1.0.0",
            release_notes="Faster lists, and fewer taps to a visit.",
            is_seed_data=True,
        )
        for app in _APPS
        for platform in ("android", "ios")
    ]


def _bugs() -> list[BugReport]:
    seekers = people.system_demo_users("seeker")
    return [
        BugReport(
            user=seeker,
            source="ghar",
            title=title,
            description=f"{title}. It is so every time.",
            bug_type=kind,
            severity=severity,
            status=status,
            resolved_at=clock.now() if status == BugStatus.RESOLVED else None,
            app_version="2.0.0",
            is_seed_data=True,
        )
        for seeker, (title, kind, severity, status) in zip(seekers, _BUGS, strict=False)
    ]
