from django.urls import path

from apps.visits import views

urlpatterns = [
    path("api/v1/visits", views.Visits.as_view()),
    path("api/v1/visits/upcoming", views.UpcomingVisits.as_view()),
    path("api/v1/visits/past", views.PastVisits.as_view()),
    path("api/v1/visits/all", views.AllVisits.as_view()),
    path("api/v1/visits/<int:visit_id>", views.VisitDetail.as_view()),
    path("api/v1/visits/<int:visit_id>/reschedule", views.Reschedule.as_view()),
    path("api/v1/visits/<int:visit_id>/cancel", views.Cancel.as_view()),
    path("api/v1/visits/<int:visit_id>/complete", views.Complete.as_view()),
    path("api/v1/agents/<int:agent_id>/visits", views.VisitsOfAgent.as_view()),
]
