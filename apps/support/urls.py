from django.urls import path

from apps.support import views

urlpatterns = [
    path("api/v1/pages", views.Pages.as_view()),
    path("api/v1/pages/<str:unique_name>", views.OnePage.as_view()),
    path("api/v1/pages/<str:unique_name>/public", views.PublicPage.as_view()),
    path("api/v1/faqs", views.FAQs.as_view()),
    path("api/v1/faqs/public", views.PublicFAQs.as_view()),
    path("api/v1/faqs/<int:faq_id>", views.OneFAQ.as_view()),
    path("api/v1/versions", views.AppVersions.as_view()),
    path("api/v1/versions/check", views.VersionCheck.as_view()),
    path("api/v1/versions/<int:version_id>", views.OneAppVersion.as_view()),
    path("api/v1/bugs", views.Bugs.as_view()),
    path("api/v1/bugs/with-media", views.BugsWithFiles.as_view()),
    path("api/v1/bugs/<int:bug_id>", views.OneBug.as_view()),
]
