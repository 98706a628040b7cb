"""The first call with a token finds or makes the local user; only what the issuer verified links."""

import pytest

from apps.accounts.models import User
from apps.identity.services import administration
from tests.support import issuer

pytestmark = pytest.mark.django_db
ME = "/api/v1/users/me"
PHONE = "+919876543210"


def me(api, **claims):
    return api.with_token(issuer.token(**claims)).get(ME)


def test_a_new_person_gets_a_row(api):
    answer = me(api, sub="s-1", phone=PHONE[1:], phone_verified=True, user_metadata={"full_name": "New Person"})
    assert answer.status_code == 200
    body = answer.json()
    assert (body["supabase_user_id"], body["phone"], body["full_name"]) == ("s-1", PHONE, "New Person")
    assert (body["phone_verified"], body["is_verified"], body["role"]) == (True, True, "user")


def test_the_same_person_is_found_again(api):
    first = me(api, sub="s-1", phone=PHONE[1:], phone_verified=True).json()["id"]
    assert me(api, sub="s-1").json()["id"] == first
    assert User.objects.count() == 1


def test_a_verified_phone_leads_to_the_row_it_verified_before(api):
    row = User.objects.create(subject="old", phone=PHONE, phone_verified=True, full_name="Kept Name")
    body = me(api, sub="new", phone=PHONE[1:], phone_verified=True, user_metadata={"full_name": "Other"}).json()
    assert (body["id"], body["supabase_user_id"], body["full_name"]) == (row.id, "new", "Kept Name")


def test_a_row_nobody_signed_in_to_is_claimed_by_its_phone(api):
    row = User.objects.create(phone=PHONE, full_name="Imported Owner")
    body = me(api, sub="s-1", phone=PHONE[1:], phone_verified=True).json()
    assert (body["id"], body["phone_verified"]) == (row.id, True)


def test_an_unverified_claim_links_nothing(api):
    row = User.objects.create(subject="old", phone=PHONE, phone_verified=True)
    body = me(api, sub="new", phone=PHONE[1:], phone_verified=False).json()
    assert body["id"] != row.id
    assert body["phone"] is None


def test_what_people_write_about_themselves_proves_nothing(api):
    User.objects.create(subject="old", email="a@ghar.example", email_verified=True)
    body = me(api, sub="new", email="a@ghar.example", user_metadata={"email_verified": True}).json()
    assert (body["email"], body["email_verified"]) == (None, False)


def test_somebody_elses_number_in_a_profile_leads_nowhere(api):
    squatter = User.objects.create(subject="squatter", phone=PHONE, phone_verified=False)
    body = me(api, sub="rightful", phone=PHONE[1:], phone_verified=True).json()
    assert body["id"] != squatter.id
    assert body["phone"] == PHONE
    squatter.refresh_from_db()
    assert squatter.phone is None


@pytest.mark.parametrize("is_active", [True, False])
def test_a_number_that_a_living_login_gave_up_leads_nowhere(api, is_active):
    login = administration.system_ensure_account(phone="+919876500000")
    before = User.objects.create(
        subject=str(login.pk), phone=PHONE, phone_verified=True, full_name="Before", is_active=is_active
    )
    body = me(api, sub="next holder", phone=PHONE[1:], phone_verified=True).json()
    assert (body["id"] != before.id, body["phone"], body["full_name"]) == (True, PHONE, None)
    before.refresh_from_db()
    assert (before.subject, before.phone, before.phone_verified) == (str(login.pk), None, False)


def test_who_gave_a_number_up_keeps_their_row_under_the_new_one(api):
    login = administration.system_ensure_account(phone="+919876500000")
    before = User.objects.create(subject=str(login.pk), phone=PHONE, phone_verified=True)
    me(api, sub="next holder", phone=PHONE[1:], phone_verified=True)
    body = me(api, sub=str(login.pk), phone="919876500000", phone_verified=True).json()
    assert (body["id"], body["phone"], body["phone_verified"]) == (before.id, "+919876500000", True)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (123, None),
        ({"first": "Asha"}, None),
        (["Asha"], None),
        ("A", None),
        ("<img src=x onerror=alert(1)>", None),
        ("<b>Asha</b> & Co", "Asha &amp; Co"),
        ("A\x00sha", "Asha"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_name_of_the_sign_up_is_held_to_what_a_name_must_be(api, said, name):
    answer = me(api, sub="s-1", user_metadata={"full_name": said})
    assert (answer.status_code, answer.json()["full_name"]) == (200, name)


def test_a_row_that_is_found_again_takes_a_name_as_carefully(api):
    User.objects.create(phone=PHONE)
    body = me(api, sub="s-1", phone=PHONE[1:], phone_verified=True, user_metadata={"full_name": "x" * 300}).json()
    assert body["full_name"] == "x" * 100


def test_a_number_with_the_same_ending_is_another_number(api):
    row = User.objects.create(subject="old", phone="+449876543210", phone_verified=True)
    assert me(api, sub="new", phone=PHONE[1:], phone_verified=True).json()["id"] != row.id


def test_flags_rise_and_never_fall(api):
    me(api, sub="s-1", phone=PHONE[1:], phone_verified=True)
    body = me(api, sub="s-1", phone=PHONE[1:], phone_verified=False, email="a@ghar.example", email_verified=True).json()
    assert (body["phone_verified"], body["email_verified"], body["email"]) == (True, True, "a@ghar.example")


def test_a_suspended_person_stays_suspended_whatever_they_sign_in_with(api):
    User.objects.create(subject="old", phone=PHONE, phone_verified=True, is_active=False)
    for subject in ("old", "new"):
        answer = me(api, sub=subject, phone=PHONE[1:], phone_verified=True)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "USER_INACTIVE"
    assert User.objects.count() == 1


def test_a_known_caller_costs_one_statement(api, cast, django_assert_num_queries):
    client = api.as_(cast.seeker)
    client.get(ME)  # the issuer's keys are read once a process
    with django_assert_num_queries(1):
        assert client.get(ME).status_code == 200
