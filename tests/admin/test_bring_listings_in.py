"""Admins bring listings in from a file: shown first, then all of it or nothing, by the rules of every other door."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.history.models import Change
from apps.properties.models import Property
from tests.admin import sheets
from tests.support.listings import CENTRE, add_amenities, add_images, make_listing

SCREEN = "properties_property"
NEW = {
    "owner": "98100 00001",
    "title": "A new house",
    "property_type": "house",
    "purpose": "buy",
    "base_price": "9500000",
}


@pytest.fixture
def admin(cast, browser):
    assert cast.owner.phone == "+919810000001"  # whose the rows are
    return browser(cast.admin)


@pytest.fixture
def listing(cast):
    return make_listing(cast.owner, at=CENTRE, title="Quiet house", bedrooms=3)


def exported(admin):
    return sheets.rows_of(sheets.export(admin, SCREEN))


def test_a_new_listing_is_shown_and_then_there(admin, cast):
    page = sheets.show(admin, SCREEN, sheets.written([{**NEW, "floor_number": "0", "features": "lift; garden"}]))
    assert not Property.objects.exists()
    assert "A new house" in page.content.decode()
    sheets.confirm(admin, SCREEN, page)
    made = Property.objects.get()
    assert (made.owner, made.title, made.floor_number, made.features) == (
        cast.owner, "A new house", 0, ["lift", "garden"],
    )  # fmt: skip


def test_what_went_out_comes_back_without_a_change(admin, listing):
    add_images(listing, "front", "back")
    Property.objects.update(main_image_url=listing.images.get(is_main_image=True).image_url)
    add_amenities(listing, "Lift", "Parking, covered")
    page = sheets.show(admin, SCREEN, sheets.written(exported(admin)))
    assert [row.import_type for row in page.context["result"].rows] == ["skip"]


def test_a_changed_cell_is_written_and_signed(admin, listing, cast):
    [row] = exported(admin)
    page = sheets.show(admin, SCREEN, sheets.written([{**row, "bedrooms": "4", "landmark": ""}]))
    sheets.confirm(admin, SCREEN, page)
    listing.refresh_from_db()
    assert listing.bedrooms == 4
    change = Change.objects.filter(table_name="properties", row_id=listing.pk).latest("pk")
    assert (change.actor_id, change.via, change.after["bedrooms"]) == (cast.admin.pk, "admin", 4)


def test_only_columns_of_the_file_are_written(admin, listing):
    page = sheets.show(admin, SCREEN, sheets.written([{"id": listing.pk, "base_price": "1"}]))
    sheets.confirm(admin, SCREEN, page)
    listing.refresh_from_db()
    assert (listing.base_price, listing.bedrooms, listing.title) == (1, 3, "Quiet house")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"base_price": "-5"}, "base_price: Ensure this value is greater than or equal to 0."),
        ({"base_price": "cheap"}, "base_price: A valid number is required."),
        ({"property_type": "castle"}, 'property_type: "castle" is not a valid choice.'),
        ({"property_type": "pg"}, "purpose: "),
        ({"title": "<b></b>"}, "title: "),
        ({"pincode": "12"}, "pincode: Must have six digits."),
        ({"amenities": "Moat"}, "amenities: There is no amenity called 'Moat'."),
        ({"owner": "98100 99999"}, "No active user has '98100 99999'."),
        ({"owner": ""}, "owner: Whose listing it is"),
        ({"id": "987654321"}, "id: There is no listing 987654321."),
        ({"id": "9" * 30}, "id: There is no listing 9"),
        ({"id": "=1"}, "id: There is no listing =1."),
        ({"title": "nul\x00byte"}, "title: Null characters are not allowed."),
    ],
)
def test_a_wrong_row_is_named_with_its_reason_and_nothing_is_kept(admin, cast, wrong, reason):
    blank = dict.fromkeys(("id", *wrong), "")
    page = sheets.show(admin, SCREEN, sheets.written([blank | NEW, blank | NEW | wrong]))
    [(row, said)] = sheets.refusals(page)
    assert row == 3
    assert said.startswith(reason)
    assert "confirm_form" not in page.context
    assert not Property.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"pirce,title\n1,House\n", "There is no column called 'pirce'."),
        (b"title,title\nHouse,House\n", "A column is there twice."),
        (b"title\n" + b"House\n" * 1001, "A file has at most 1,000 rows."),
        (b"", "The submitted file is empty."),
        (b"\xff\xfe\x00", "This file cannot be read as CSV in UTF-8."),
        (b"title\n", "No valid data to import"),
    ],
)
def test_a_wrong_file_is_refused_as_a_whole(admin, content, said):
    page = sheets.show(admin, SCREEN, content)
    assert page.status_code == 200
    assert said in page.content.decode().replace("&#x27;", "'")
    assert not Property.objects.exists()


def test_what_is_no_workbook_is_refused(admin):
    page = sheets.show(admin, SCREEN, b"PK\x03\x04 nonsense", kind=sheets.EXCEL)
    assert "This file cannot be read as an Excel workbook (.xlsx)." in page.content.decode()


def test_a_workbook_is_read_as_well(admin, cast):
    page = sheets.show(
        admin, SCREEN, sheets.workbook([list(NEW), [*list(NEW.values())[:4], 9500000.0]]), kind=sheets.EXCEL
    )
    sheets.confirm(admin, SCREEN, page)
    assert Property.objects.get().base_price == 9_500_000


def test_a_shared_home_waits_for_moderation(admin):
    home = {**NEW, "property_type": "pg", "purpose": "rent", "monthly_rent": "9000", "is_available": "true"}
    sheets.confirm(admin, SCREEN, sheets.show(admin, SCREEN, sheets.written([home])))
    assert not Property.objects.get().is_live


def test_a_listing_that_was_changed_after_the_export_is_left_alone(admin, listing):
    [row] = exported(admin)
    listing.title = "Somebody else's word"
    listing.save()
    page = sheets.show(admin, SCREEN, sheets.written([{**row, "bedrooms": "4"}]))
    assert sheets.refusals(page) == [(2, "This listing was changed since it was read. Look at it again.")]


def test_a_file_that_does_not_fit_any_more_when_it_is_confirmed_is_not_kept_in_part(admin, listing):
    page = sheets.show(admin, SCREEN, sheets.written([{"id": "", **NEW}, {**NEW, "id": listing.pk}]))
    gone = listing.pk
    listing.delete()
    told = sheets.confirm(admin, SCREEN, page).context["messages"]
    assert [str(one) for one in told] == [f"Nothing was brought in. Row 3: id: There is no listing {gone}."]
    assert not Property.objects.exists()


def test_confirming_twice_brings_it_in_once(admin):
    page = sheets.show(admin, SCREEN, sheets.written([NEW]))
    sheets.confirm(admin, SCREEN, page)
    told = sheets.confirm(admin, SCREEN, page).context["messages"]
    assert "brought in already" in str(*told)
    assert Property.objects.count() == 1


@pytest.mark.parametrize("forged", [{"format": "7"}, {"format": "x"}, {"import_file_name": "stuck-messages.csv"}, {}])
def test_a_forged_confirmation_does_nothing(admin, forged):
    body = {"import_file_name": "../../etc/passwd", "original_file_name": "a", "format": "0", "resource": "9", **forged}
    assert admin.post(reverse(f"admin:{SCREEN}_process_import"), body).status_code in (200, 302)
    assert not Property.objects.exists()


def test_agents_bring_nothing_in(cast, browser):
    assert sheets.show(browser(cast.agent), SCREEN, sheets.written([NEW])).status_code == 403


def test_a_row_costs_the_same_in_a_long_file(admin, cast):
    counts = []
    for rows in (2, 4, 6):
        with CaptureQueriesContext(connection) as captured:
            sheets.show(admin, SCREEN, sheets.written([NEW] * rows))
        counts.append(len(captured))
    assert counts[2] - counts[1] == counts[1] - counts[0]
