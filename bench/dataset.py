"""The data set: the same listings around Gurugram every time, made from a seed and loaded with COPY."""

import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from bench import prose

SEED = 2026
IMAGES = 6
LISTINGS = 20_000
LISTINGS_AN_OWNER = 40
CENTRE = (28.4595, 77.0266)
SPREAD = 0.075
"""Standard deviation of the listings around the centre in degrees, about eight kilometres."""
BEGINNING = datetime(2025, 1, 1, 12, tzinfo=UTC)
KINDS = {"apartment": 45, "builder_floor": 20, "house": 12, "villa": 6, "studio": 5, "penthouse": 3, "plot": 4, "pg": 5}

Row = dict[str, Any]
Table = tuple[str, Iterable[Row]]


def load(connection: psycopg.Connection[Any], listings: int) -> None:
    """Fill empty tables, then let PostgreSQL look at them, in one connection that commits by itself."""
    vocabulary = [number for (number,) in connection.execute("SELECT id FROM amenities ORDER BY id")]
    for table, rows in tables(listings, vocabulary):
        copy(connection, table, rows)
        continue_ids(connection, table)
    connection.execute("VACUUM (ANALYZE)")


def tables(listings: int, vocabulary: list[int]) -> Iterator[Table]:
    """The tables in an order that their foreign keys allow. `vocabulary`: ids of the amenities that migrations made."""
    owners = max(1, listings // LISTINGS_AN_OWNER)
    yield "users", (_owner(number) for number in range(1, owners + 1))
    yield "properties", (_listing(number, owners) for number in range(1, listings + 1))
    yield "property_images", (image for number in range(1, listings + 1) for image in _images(number))
    yield "property_amenities", _amenity_links(listings, vocabulary)


def copy(connection: psycopg.Connection[Any], table: str, rows: Iterable[Row]) -> None:
    remaining = iter(rows)
    first = next(remaining)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, first))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write_row(list(first.values()))
        for row in remaining:
            copy.write_row(list(row.values()))


def continue_ids(connection: psycopg.Connection[Any], table: str) -> None:
    statement = sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))")
    connection.execute(statement.format(sql.Literal(table), sql.Identifier(table)))


def _owner(number: int) -> Row:
    return {
        "id": number,
        "password": "",
        "phone": f"+9198{number:08d}",
        "full_name": f"Owner {number}",
        "role": "user",
        "is_active": True,
        "is_verified": True,
        "phone_verified": True,
        "email_verified": False,
        "preferences": "{}",
        "notification_settings": "{}",
        "privacy_settings": "{}",
        "onboarded_apps": "[]",
        "is_seed_data": False,
        "created_at": BEGINNING,
    }


def _dice(kind: str, number: int) -> random.Random:
    return random.Random(f"{SEED} {kind} {number}")


def created_after(number: int) -> datetime:
    """A moment between the making of this listing and that of the one before."""
    return BEGINNING + timedelta(minutes=17 * number)


def _listing(number: int, owners: int) -> Row:
    dice = _dice("listing", number)
    kind = dice.choices(list(KINDS), weights=list(KINDS.values()))[0]
    created = created_after(number) + timedelta(seconds=dice.randrange(60))
    return {
        "id": number,
        "created_at": created,
        "updated_at": created + timedelta(days=dice.randrange(1, 90)),
        "property_type": kind,
        "status": "available",
        "owner_id": 1 + number % owners,
        **_place(dice),
        **_building(dice, kind),
        **_terms(dice, kind),
        **_texts(dice, kind),
        **_standing(dice, number),
    }


def _place(dice: random.Random) -> Row:
    latitude, longitude = dice.gauss(CENTRE[0], SPREAD), dice.gauss(CENTRE[1], SPREAD)
    locality, society = dice.choice(prose.LOCALITIES), dice.choice(prose.SOCIETIES)
    pincode = f"1220{dice.randrange(1, 20):02d}"
    return {
        "location": f"SRID=4326;POINT({longitude:.6f} {latitude:.6f})",
        "city": "Gurugram",
        "state": "Haryana",
        "country": "India",
        "pincode": pincode,
        "locality": locality,
        "sub_locality": society,
        "landmark": f"Near {dice.choice(prose.LOCALITIES)} metro station",
        "full_address": f"{society}, {locality}, Gurugram, Haryana {pincode}",
        "area_type": "urban",
    }


def _building(dice: random.Random, kind: str) -> Row:
    bedrooms = 1 if kind in ("studio", "pg") else dice.choices((1, 2, 3, 4, 5), weights=(8, 32, 38, 16, 6))[0]
    return {
        "area_sqft": float(350 + 420 * bedrooms + dice.randrange(400)),
        "bedrooms": bedrooms,
        "bathrooms": max(1, bedrooms - dice.randrange(2)),
        "balconies": dice.randrange(4),
        "parking_spaces": dice.randrange(3),
        "floor_number": dice.randrange(25),
        "total_floors": 25,
        "age_of_property": dice.randrange(20),
        "max_occupancy": 2 * bedrooms,
        "minimum_stay_days": 1,
        "kitchen_type": dice.choice(("any", "vegetarian", None)),
        "ventilation_type": dice.choice(("good", "average")),
        "windows_count": dice.randrange(2, 12),
        "ventilation_shafts": dice.randrange(4),
        "furnishing_level": dice.choice(("furnished", "semi_furnished", "unfurnished")),
    }


def _terms(dice: random.Random, kind: str) -> Row:
    rent = dice.randrange(12, 180) * 1000
    purpose = "rent" if kind == "pg" else dice.choices(("rent", "buy", "short_stay"), weights=(5, 4, 1))[0]
    return {
        "purpose": purpose,
        "base_price": rent * 300 if purpose == "buy" else rent,
        "price_per_sqft": dice.randrange(6000, 21000) if purpose == "buy" else None,
        "monthly_rent": rent if purpose == "rent" else None,
        "daily_rate": rent // 20 if purpose == "short_stay" else None,
        "security_deposit": rent * 2 if purpose == "rent" else None,
        "maintenance_charges": dice.randrange(20, 90) * 100,
    }


def _texts(dice: random.Random, kind: str) -> Row:
    locality, society = dice.choice(prose.LOCALITIES), dice.choice(prose.SOCIETIES)
    floor, area = dice.randrange(1, 25), dice.randrange(500, 4000)
    features = dice.sample(("modular kitchen", "vastu compliant", "park facing", "corner unit", "servant room"), 3)
    preferences = {"gender_preference": "any", "food_habits": "any"} if kind == "pg" else {}
    return {
        "title": f"{kind.replace('_', ' ').capitalize()} of {area} square feet in {society}, {locality}",
        "description": prose.describe(dice, kind=kind, area=area, society=society, locality=locality, floor=floor),
        "features": json.dumps(features),
        "tags": json.dumps(["verified", "new"][: dice.randrange(3)]),
        "listing_preferences": json.dumps(preferences),
        "video_urls": "[]",
        "search_keywords": f"{society} {locality} {kind}",
        "builder_name": f"{society.split()[0]} Developers",
        "owner_contact": f"+9197{dice.randrange(10**8):08d}",
    }


def _standing(dice: random.Random, number: int) -> Row:
    return {
        "main_image_url": _image_url(number, 0),
        "is_managed": False,
        "management_status": "active",
        "payment_due_day": 1,
        "grace_period_days": 5,
        "is_available": dice.random() < 0.95,
        "available_from": BEGINNING + timedelta(days=dice.randrange(400)),
        "view_count": dice.randrange(5000),
        "like_count": dice.randrange(300),
        "interest_count": dice.randrange(50),
        "is_seed_data": False,
    }


def _image_url(number: int, position: int) -> str:
    return f"https://media.ghar.example/listings/{number}/{position}-{number * 7919 + position:x}.webp"


def _images(number: int) -> Iterator[Row]:
    rooms = ("exterior", "hall", "room", "kitchen", "bathroom", "balcony")
    for position in range(IMAGES):
        room = rooms[position % len(rooms)]
        yield {
            "property_id": number,
            "image_url": _image_url(number, position),
            "caption": f"{room.capitalize()}, seen from the door",
            "image_category": room,
            "display_order": position,
            "is_main_image": position == 0,
        }


def _amenity_links(listings: int, vocabulary: list[int]) -> Iterator[Row]:
    """Between four and thirteen amenities a listing, eight and a half on average."""
    for number in range(1, listings + 1):
        dice = _dice("amenities", number)
        for amenity in sorted(dice.sample(vocabulary, dice.randrange(4, 14))):
            yield {"property_id": number, "amenity_id": amenity}
