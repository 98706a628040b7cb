from django.urls import path

from apps.studio import views

urlpatterns = [
    path("api/v1/design-studio/generate", views.Generate.as_view()),
]
