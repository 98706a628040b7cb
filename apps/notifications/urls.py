from django.urls import path

from apps.notifications import views

urlpatterns = [
    path("api/v1/notifications", views.MyNotifications.as_view()),
    path("api/v1/notifications/devices/register", views.RegisteredDevice.as_view()),
    path("api/v1/notifications/devices/unregister", views.UnregisteredDevice.as_view()),
    path("api/v1/notifications/campaigns", views.Campaigns.as_view()),
    path("api/v1/notifications/web-push-key", views.WebPushKey.as_view()),
    path("api/v1/notifications/<str:notification_id>", views.OneNotification.as_view()),
    path("api/v1/notifications/deliveries/<str:delivery_id>/opened", views.OpenedDelivery.as_view()),
    path("api/v1/notifications/send/token", views.SentToToken.as_view()),
    path("api/v1/notifications/send/bulk", views.SentInBulk.as_view()),
    path("api/v1/notifications/send/user", views.SentToUser.as_view()),
    path("api/v1/notifications/send/topic", views.SentToTopic.as_view()),
    path("api/v1/notifications/send/typed/user", views.SentTypedToUser.as_view()),
    path("api/v1/notifications/marketing/broadcast", views.MarketingBroadcast.as_view()),
    path("api/v1/notifications/marketing/segment", views.MarketingSegment.as_view()),
    path("api/v1/notifications/campaigns/<uuid:campaign_id>", views.OneCampaign.as_view()),
    path("api/v1/notifications/campaigns/<uuid:campaign_id>/stop", views.StoppedCampaign.as_view()),
    path("api/v1/notifications/campaigns/<uuid:campaign_id>/resume", views.ResumedCampaign.as_view()),
    path("api/v1/notifications/users/<int:user_id>", views.NotificationsOfUser.as_view()),
    path("api/v1/flatmates/notifications", views.MyNotifications.as_view(alias="flatmates")),
    path("api/v1/flatmates/notifications/<str:notification_id>", views.OneNotification.as_view(alias="flatmates")),
]
