"""The vocabulary of amenities that every deployment begins with. Staff may add to it, rename and retire."""

from django.db import migrations
from django.db.models.functions import Lower

SAFETY, RECREATION, CONVENIENCE = "safety", "recreation", "convenience"
UTILITIES, SERVICES, ACCESSIBILITY = "utilities", "services", "accessibility"

VOCABULARY = (
    ("Security Personnel", "shield", SAFETY),
    ("CCTV", "videocam", SAFETY),
    ("Gated Community", "fence", SAFETY),
    ("Intercom", "phone_in_talk", SAFETY),
    ("Video Door Phone", "doorbell", SAFETY),
    ("Fire Alarm", "detector_smoke", SAFETY),
    ("Fire Extinguisher", "fire_extinguisher", SAFETY),
    ("Swimming Pool", "pool", RECREATION),
    ("Gym", "fitness_center", RECREATION),
    ("Clubhouse", "groups", RECREATION),
    ("Park", "park", RECREATION),
    ("Nearby Parks", "nature_people", RECREATION),
    ("Private Garden", "yard", RECREATION),
    ("Terrace", "deck", RECREATION),
    ("Children's Play Area", "toys", RECREATION),
    ("Jogging Track", "directions_run", RECREATION),
    ("Tennis Court", "sports_tennis", RECREATION),
    ("Badminton Court", "sports", RECREATION),
    ("Indoor Games", "sports_esports", RECREATION),
    ("Yoga Room", "self_improvement", RECREATION),
    ("Party Hall", "celebration", RECREATION),
    ("Lift", "elevator", CONVENIENCE),
    ("Parking", "local_parking", CONVENIENCE),
    ("Covered Parking", "garage", CONVENIENCE),
    ("Visitor Parking", "add_road", CONVENIENCE),
    ("EV Charging", "ev_station", CONVENIENCE),
    ("Air Conditioning", "ac_unit", CONVENIENCE),
    ("Modular Kitchen", "kitchen", CONVENIENCE),
    ("Washing Machine", "local_laundry_service", CONVENIENCE),
    ("Refrigerator", "kitchen", CONVENIENCE),
    ("Servant Room", "meeting_room", CONVENIENCE),
    ("Vastu Compliant", "explore", CONVENIENCE),
    ("Pet Friendly", "pets", CONVENIENCE),
    ("Power Backup", "power", UTILITIES),
    ("Water Supply 24x7", "water_drop", UTILITIES),
    ("Water Storage", "water", UTILITIES),
    ("Water Purifier", "water_full", UTILITIES),
    ("Piped Gas", "propane", UTILITIES),
    ("Geyser", "water_heater", UTILITIES),
    ("Wi-Fi", "wifi", UTILITIES),
    ("Solar Power", "solar_power", UTILITIES),
    ("Rain Water Harvesting", "rainy", UTILITIES),
    ("Waste Disposal", "recycling", UTILITIES),
    ("Maintenance Staff", "engineering", SERVICES),
    ("Housekeeping", "cleaning_services", SERVICES),
    ("Wheelchair Access", "accessible", ACCESSIBILITY),
)


def fill(apps, schema_editor):
    """Add the titles that are not there yet, in any case."""
    Amenity = apps.get_model("properties", "Amenity")
    known = set(Amenity.objects.annotate(lowered=Lower("title")).values_list("lowered", flat=True))
    Amenity.objects.bulk_create(
        Amenity(title=title, icon=icon, category=category)
        for title, icon, category in VOCABULARY
        if title.lower() not in known
    )


class Migration(migrations.Migration):
    dependencies = [("properties", "0001_initial")]

    # Backwards nothing is taken away: listings may have the amenities by then.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=False)]
