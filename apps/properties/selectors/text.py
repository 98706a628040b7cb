"""Listings that mention the words of a search, and how well."""

MATCHES = "properties.search_vector @@ to_tsquery('english', %(words)s)"
BEGUN = "properties.search_vector @@ to_tsquery('english', %(begun)s)"
"""The same without the word that somebody may still be typing."""
WALKED = f"CASE WHEN {MATCHES} THEN TRUE END"
"""What `MATCHES` says, for rows that another index gives: within CASE no index is begun with."""
# A cursor must hold it exactly.
RANK = "ts_rank(properties.search_vector, to_tsquery('english', %(ranked_by)s))::float8"
IS_NAMED = "properties.search_vector @@ to_tsquery('english', %(names)s)"
MOST_RANKED = 300
"""Of the listings that match, the newest so many are ranked: a rank is costly, and no index gives its order."""


def has_words(name: str) -> str:
    """Does the listing match the text query of that parameter?"""
    return f"properties.search_vector @@ to_tsquery('english', %({name})s)"


def has_amenity(*titles: str) -> str:
    """Has the listing an amenity of one of these titles, which are SQL literals?"""
    return (
        "EXISTS (SELECT FROM property_amenities pa JOIN amenities a ON a.id = pa.amenity_id "
        f"WHERE pa.property_id = properties.id AND a.title IN ({', '.join(titles)}))"
    )
