"""What the properties area can be told."""

from config.settings.environment import read

STALE_LISTING_PAUSE_DAYS = read("STALE_LISTING_PAUSE_DAYS")
