"""The client apps, and what a link can lead to in each. Pure data."""

from dataclasses import dataclass
from urllib.parse import quote

IDENTIFIER_MOST = 256
_PLAY = "https://play.google.com/store/apps/details?id="


class LinkRefused(ValueError):
    """There is no such app, or nothing of that kind in it, or the identifier is none."""


@dataclass(frozen=True)
class Entity:
    """Something in an app. What is public may be shown to anybody who follows the link."""

    entity: str
    description: str
    public: bool = False


@dataclass(frozen=True)
class App:
    """A client app. `legacy_packages` are names under which it was published before."""

    key: str
    name: str
    package: str
    bundle: str
    scheme: str
    prefix: str
    entities: tuple[Entity, ...]
    website: str
    emoji: str
    legacy_packages: tuple[str, ...] = ()

    @property
    def packages(self) -> tuple[str, ...]:
        """The Android packages, today's first."""
        return (self.package, *self.legacy_packages)

    @property
    def play_url(self) -> str:
        """Where Android gets it."""
        return f"{_PLAY}{quote(self.package, safe='')}"

    @property
    def paths(self) -> list[str]:
        """The paths that iOS opens in this app."""
        return [f"{path_of(self, one.entity)}*" for one in self.entities]


WEBSITE = "https://the360ghar.com"
_CHAT = Entity("chat", "Conversation")

APPS: dict[str, App] = {
    app.key: app
    for app in (
        App(
            key="ghar",
            name="360 Ghar",
            package="com.the360ghar.ghar360",
            bundle="com.the360ghar.ghar360",
            scheme="ghar360",
            prefix="",
            entities=(
                Entity("p", "Property short link", public=True),
                Entity("property", "Property detail", public=True),
            ),
            website=WEBSITE,
            emoji="🏠",
        ),
        App(
            key="estate",
            name="360 Estate",
            package="com.the360ghar.estate_app",
            bundle="com.the360ghar.estateApp",
            scheme="estate360",
            prefix="estate",
            entities=(
                Entity("apply", "Rental application", public=True),
                Entity("property", "Property detail"),
                Entity("task", "Maintenance task"),
                Entity("tenant", "Tenant detail"),
                Entity("lease", "Lease detail"),
            ),
            website=WEBSITE,
            emoji="🏢",
        ),
        App(
            key="flatmates",
            name="360 FlatMates",
            package="com.the360ghar.flatmates360",
            legacy_packages=("com.the360ghar.flatmates",),
            bundle="com.the360ghar.flatmates360",
            scheme="com.the360ghar.flatmates360",
            prefix="flatmates",
            entities=(Entity("listing", "Flatmate listing", public=True), _CHAT),
            website=f"{WEBSITE}/flatmates",
            emoji="🏠",
        ),
        App(
            key="stays",
            name="360 Stays",
            package="com.the360ghar.stays_app",
            bundle="com.the360ghar.stays_app",
            scheme="stays360",
            prefix="stays",
            entities=(Entity("listing", "Stay listing", public=True), _CHAT),
            website=f"{WEBSITE}/stays",
            emoji="🏨",
        ),
    )
}


@dataclass(frozen=True)
class Link:
    """One thing in one app, under its three addresses."""

    app: str
    entity: str
    identifier: str
    url: str
    scheme_url: str
    web_fallback_url: str


def path_of(app: App, entity: str) -> str:
    """The path on the web below which identifiers of this kind stand: `/estate/lease/`."""
    return "/" + "".join(f"{part}/" for part in (app.prefix, entity) if part)


def link(base: str, app_key: str, entity: str, identifier: str) -> Link:
    """The addresses of one thing, on the web below a base such as `https://ghar.example`. Raises LinkRefused.

    Every part is percent-encoded whole, slashes too.
    """
    app = _app(app_key)
    _insist_on_entity(app, entity)
    bare = _bare(identifier)
    coded = quote(bare, safe="")
    return Link(
        app=app.key,
        entity=entity,
        identifier=bare,
        url=f"{base}{path_of(app, entity)}{coded}",
        scheme_url=f"{app.scheme}://{entity}/{coded}",
        web_fallback_url=app.website,
    )


def _app(key: str) -> App:
    if key not in APPS:
        raise LinkRefused(f"Unknown app: {key!r}")
    return APPS[key]


def _insist_on_entity(app: App, entity: str) -> None:
    known = [one.entity for one in app.entities]
    if entity not in known:
        raise LinkRefused(f"Unknown entity {entity!r} for app {app.key!r}. Valid entities: {', '.join(known)}")


def _bare(identifier: str) -> str:
    bare = identifier.strip().strip("/").strip()
    if not bare:
        raise LinkRefused("The identifier is empty.")
    if len(bare) > IDENTIFIER_MOST:
        raise LinkRefused(f"The identifier is longer than {IDENTIFIER_MOST} characters.")
    return bare
