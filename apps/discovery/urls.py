from django.urls import path

from apps.discovery import views

urlpatterns = [
    path("api/v1/properties/recommendations", views.Recommendations.as_view()),
    path("api/v1/swipes", views.Swipes.as_view()),
    path("api/v1/swipes/undo", views.Undo.as_view()),
    path("api/v1/swipes/stats", views.Stats.as_view()),
    path("api/v1/swipes/batch-remove", views.BatchRemoval.as_view()),
    path("api/v1/swipes/<int:swipe_id>/toggle", views.Toggle.as_view()),
    path("api/v1/users/me/saved-searches", views.SavedSearches.as_view()),
    path("api/v1/users/me/saved-searches/<int:search_id>", views.OneSavedSearch.as_view()),
    path("api/v1/users/me/saved-searches/<int:search_id>/properties", views.FoundAgain.as_view()),
    path("api/v1/users/me/saved-searches/<int:search_id>/seen", views.Seen.as_view()),
]
