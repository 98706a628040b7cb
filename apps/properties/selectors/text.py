"""Listings that mention the words of a search, and how well."""

WORDS = "plainto_tsquery('english', %(q)s)"
MATCHES = f"properties.search_vector @@ {WORDS}"
RANK = f"ts_rank(properties.search_vector, {WORDS})::float8"  # a cursor must hold it exactly
