from django.urls import path

from apps.agents import views

urlpatterns = [
    path("api/v1/agents", views.Agents.as_view()),
    path("api/v1/agents/assigned", views.AssignedAgent.as_view()),
    path("api/v1/agents/assign", views.Assign.as_view()),
    path("api/v1/agents/available", views.AvailableAgents.as_view()),
    path("api/v1/agents/types/<str:agent_type>", views.AgentsOfType.as_view()),
    path("api/v1/agents/specializations/<str:specialization>", views.AgentsOfSpecialization.as_view()),
    path("api/v1/agents/system/workload", views.Workload.as_view()),
    path("api/v1/agents/system/stats", views.SystemStats.as_view()),
    path("api/v1/agents/me", views.OwnProfile.as_view()),
    path("api/v1/agents/<int:agent_id>", views.AgentDetail.as_view()),
    path("api/v1/agents/<int:agent_id>/stats", views.AgentStats.as_view()),
    path("api/v1/agents/<int:agent_id>/availability", views.Availability.as_view()),
    path("api/v1/users/<int:user_id>/assign-agent", views.CustomersAgent.as_view()),
]
