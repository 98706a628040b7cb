"""What the visits area can be told."""

from config.settings.environment import read

VISIT_DEFAULT_DURATION_MINUTES = read("VISIT_DEFAULT_DURATION_MINUTES")
