"""Rupees, as people in India write them."""

from decimal import Decimal


def rupees(amount: Decimal) -> str:
    """Whole rupees with Indian grouping: 12345678 is "₹ 1,23,45,678" (the space does not break)."""
    digits = str(abs(round(amount)))
    groups = [digits[-3:]]
    rest = digits[:-3]
    while rest:
        groups.insert(0, rest[-2:])
        rest = rest[:-2]
    return f"{'-' if amount < 0 else ''}₹\u00a0{','.join(groups)}"
