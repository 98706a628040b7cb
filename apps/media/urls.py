from django.conf import settings
from django.urls import path

from apps.media.views import files, library, uploads

urlpatterns = [
    path("api/v1/upload", uploads.Upload.as_view()),
    path("api/v1/upload/batch", uploads.UploadBatch.as_view()),
    path("api/v1/upload/presigned", uploads.Presigned.as_view()),
    path("api/v1/upload/direct/<uuid:media_id>", uploads.DirectUpload.as_view()),
    path("api/v1/upload/confirm/<str:upload_id>", uploads.Confirm.as_view()),
    path("api/v1/upload/media", library.MediaList.as_view()),
    path("api/v1/upload/media/batch-delete", library.MediaBatch.as_view()),
    path("api/v1/upload/media/<str:media_id>", library.Media.as_view()),
    path("api/v1/upload/files/<uuid:media_id>/<str:name>", files.give),
    path("api/v1/users/me/avatar", uploads.Avatar.as_view()),
    path("api/v1/users/me/profile-image", uploads.Avatar.as_view(alias="profile_image")),
    path("api/v1/users/profile/avatar", uploads.Avatar.as_view(alias="profile")),
]

larger_bodies = {"/api/v1/upload/batch": settings.MAX_BATCH_BYTES}
