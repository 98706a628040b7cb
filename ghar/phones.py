"""Phone numbers as E.164 (`+919876543210`), the one form that is stored and compared."""

import phonenumbers

HOME_REGION = "IN"


def normalise(text: str) -> str:
    """The E.164 form of a number as people type it; a number without a country is Indian.

    Raises ValueError when it cannot be a phone number. Possible numbers are accepted, not only assigned ones:
    numbering plans change faster than any library.
    """
    cleaned = text.strip()
    if cleaned.startswith("00"):
        cleaned = f"+{cleaned[2:]}"
    elif cleaned.isdigit() and len(cleaned) > 10 and not cleaned.startswith("0"):
        cleaned = f"+{cleaned}"
    try:
        number = phonenumbers.parse(cleaned, HOME_REGION)
    except phonenumbers.NumberParseException as wrong:
        raise ValueError("Not a phone number.") from wrong
    if not phonenumbers.is_possible_number(number):
        raise ValueError("Not a phone number.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
