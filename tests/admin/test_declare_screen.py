"""A screen says who may use it, or it is not made."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from ghar.admin import Rows, Screen, Staff


def test_a_screen_without_access_is_refused():
    with pytest.raises(TypeError, match="access must declare view, add, change, delete"):
        type("Open", (Screen,), {"__module__": "apps.somewhere.admin"})


@pytest.mark.parametrize("base", [Screen, Rows])
def test_a_screen_that_forgets_an_action_is_refused(base):
    access = {"view": Staff.STAFF, "add": Staff.ADMINS, "change": Staff.ADMINS}
    with pytest.raises(TypeError, match="access must declare"):
        type("Forgetful", (base,), {"__module__": "apps.somewhere.admin", "access": access})


def test_every_registered_screen_of_ours_declares_its_access():
    ours = [model for model in admin.site._registry if model.__module__.startswith("apps.")]
    undeclared = [model for model in ours if not isinstance(admin.site._registry[model], Screen)]
    assert undeclared == []


def test_the_groups_of_django_have_no_screen():
    assert not admin.site.is_registered(Group)
