"""Admins take listings out as a file: what the filters leave, with nothing in it that a spreadsheet would carry out."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ghar.sheets import formats
from tests.admin import sheets
from tests.support.listings import add_amenities, add_images, make_listing

SCREEN = "properties_property"


@pytest.fixture
def admin(cast, browser):
    return browser(cast.admin)


def exported(admin, query=""):
    return sheets.rows_of(sheets.export(admin, SCREEN, query=query))


def test_a_listing_with_its_parts(admin, cast):
    listing = make_listing(cast.owner, at=(28.46, 77.03), title="हरा घर", features=["lift", "garden"])
    add_images(listing, "front", "back")
    add_amenities(listing, "Parking", "Lift")
    [row] = exported(admin)
    assert (row["id"], row["title"], row["owner"]) == (str(listing.pk), "हरा घर", f"'{cast.owner.phone}")
    assert (row["latitude"], row["longitude"], row["features"]) == ("28.46", "77.03", "lift; garden")
    assert (row["amenities"], len(row["image_urls"].split("; "))) == ("Lift; Parking", 2)


def test_the_filters_of_the_list_hold(admin, cast):
    make_listing(cast.owner, title="Villa", property_type="villa")
    make_listing(cast.owner, title="Flat", property_type="apartment")
    assert [row["title"] for row in exported(admin, "?property_type__exact=villa")] == ["Villa"]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_nothing_in_it_is_carried_out(admin, cast, evil):
    make_listing(cast.owner, title=evil)
    [row] = exported(admin)
    assert row["title"] == f"'{evil}"


def test_an_excel_file_holds_words_and_no_formulas(admin, cast):
    make_listing(cast.owner, title="=HYPERLINK(1)\x07", bedrooms=3)
    answer = sheets.export(admin, SCREEN, kind=sheets.EXCEL)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    headings, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    told = dict(zip(headings, row, strict=True))
    assert (told["title"], told["bedrooms"]) == ("'=HYPERLINK(1)", 3)


def test_an_excel_file_has_a_bound_and_says_so(admin, cast, monkeypatch):
    monkeypatch.setattr(formats, "MOST_IN_EXCEL", 1)
    for _ in range(2):
        make_listing(cast.owner)
    page = sheets.export(admin, SCREEN, kind=sheets.EXCEL)
    assert "An Excel file has at most 1 rows" in page.content.decode()


def test_more_listings_cost_no_more_statements(admin, cast, monkeypatch):
    monkeypatch.setattr(formats, "CHUNK", 2)
    counts = []
    for _ in range(2):
        for _ in range(5):
            add_images(make_listing(cast.owner), "front")
        with CaptureQueriesContext(connection) as captured:
            exported(admin)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_filters_that_make_no_sense_lead_back_to_the_list(admin):
    answer = admin.get(reverse(f"admin:{SCREEN}_export") + "?nonsense__exact=1")
    assert (answer.status_code, answer.url) == (302, "/admin/properties/property/?e=1")


def test_agents_take_nothing_out(cast, browser):
    assert browser(cast.agent).get(reverse(f"admin:{SCREEN}_export")).status_code == 403
    listed = browser(cast.agent).get(reverse(f"admin:{SCREEN}_changelist")).content.decode()
    assert reverse(f"admin:{SCREEN}_export") not in listed
