from django.urls import path

from apps.links.views import indexes, operations, pages


def _opens(app_key: str, entity: str) -> dict[str, str]:
    return {"app_key": app_key, "entity": entity}


urlpatterns = [
    path("api/v1/deeplinks/apps", operations.LinkApps.as_view()),
    path("api/v1/deeplinks/generate", operations.GenerateLink.as_view()),
    path("api/v1/deeplinks/<str:app_key>/<str:entity>/<path:identifier>", operations.OneLink.as_view()),
    path(".well-known/assetlinks.json", operations.AndroidStatements.as_view()),
    path(".well-known/apple-app-site-association", operations.AppleAssociation.as_view()),
    path("p/<path:identifier>", pages.open_link, _opens("ghar", "p")),
    path("property/<path:identifier>", pages.open_link, _opens("ghar", "property")),
    path("estate/apply/<path:identifier>", pages.open_link, _opens("estate", "apply")),
    path("estate/property/<path:identifier>", pages.open_link, _opens("estate", "property")),
    path("estate/task/<path:identifier>", pages.open_link, _opens("estate", "task")),
    path("estate/tenant/<path:identifier>", pages.open_link, _opens("estate", "tenant")),
    path("estate/lease/<path:identifier>", pages.open_link, _opens("estate", "lease")),
    path("flatmates/listing/<path:identifier>", pages.open_link, _opens("flatmates", "listing")),
    path("flatmates/chat/<path:identifier>", pages.open_link, _opens("flatmates", "chat")),
    path("stays/listing/<path:identifier>", pages.open_link, _opens("stays", "listing")),
    path("stays/chat/<path:identifier>", pages.open_link, _opens("stays", "chat")),
    path("share/properties/<int:property_id>/card.jpg", pages.card),
    path("share/tours/<str:tour_id>", pages.ShareTour.as_view()),
    path("share/properties/<str:property_id>", pages.ShareProperty.as_view()),
    path("v/<str:code>", pages.ShareTourByCode.as_view()),
    path("robots.txt", indexes.robots),
    path("sitemap.xml", indexes.sitemap_index),
    path("sitemap-<str:section>.xml", indexes.sitemap),
    path("feeds/newest.rss", indexes.newest_rss),
    path("feeds/newest.atom", indexes.newest_atom),
]
