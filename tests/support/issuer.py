"""Tokens of the platform's own issuer, signed with the embedded service's real key."""
