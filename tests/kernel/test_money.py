"""Rupees are grouped as in India."""

from decimal import Decimal

import pytest

from ghar import money


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0", "₹\u00a00"), ("999.49", "₹\u00a0999"), ("31000", "₹\u00a031,000"), ("12345678", "₹\u00a01,23,45,678"),
     ("-250000", "-₹\u00a02,50,000")],
)  # fmt: skip
def test_rupees_are_grouped(amount, written):
    assert money.rupees(Decimal(amount)) == written
