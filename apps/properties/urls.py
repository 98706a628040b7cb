from django.urls import path

from apps.properties import views

urlpatterns = [
    path("api/v1/properties", views.PropertyList.as_view()),
    path("api/v1/properties/me", views.MyProperties.as_view()),
    path("api/v1/properties/semantic-search", views.SemanticSearch.as_view()),
    path("api/v1/properties/facets", views.Facets.as_view()),
    path("api/v1/properties/<int:property_id>", views.PropertyDetail.as_view()),
    path("api/v1/properties/<int:property_id>/similar", views.SimilarProperties.as_view()),
    path("api/v1/properties/<int:property_id>/images", views.Pictures.as_view()),
    path("api/v1/properties/<int:property_id>/renew", views.Renewal.as_view()),
    path("api/v1/properties/<int:property_id>/boost", views.Boost.as_view()),
    path("api/v1/amenities", views.Amenities.as_view()),
]
