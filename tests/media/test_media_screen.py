"""Admins look at uploads and remove them."""

from django.test import Client
from django.urls import reverse

from apps.media.models import MediaFile
from tests.media import files
from tests.support.screens import act


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def test_an_admin_removes_a_file(api, cast, kept):
    sent = files.sent(files.picture())
    api.as_(cast.owner).post("/api/v1/upload", {"file": sent}, format="multipart")
    media = MediaFile.objects.get()
    change = reverse("admin:media_mediafile_change", args=[media.pk])
    admin = browser(cast.admin)
    assert admin.get(change).status_code == 200
    act(admin, change, {"media_mediafile_remove_this": "1"})
    assert (MediaFile.objects.count(), kept()) == (0, set())


def test_an_agent_does_not_see_files(cast):
    assert browser(cast.agent).get(reverse("admin:media_mediafile_changelist")).status_code == 403
