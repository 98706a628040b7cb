"""Outbound HTTP: one pooled client a purpose, always with a timeout, never following redirects by itself."""

from functools import cache

import httpx2


@cache
def client(purpose: str, *, timeout_s: float = 10.0, connections: int = 10) -> httpx2.Client:
    """The shared client of a purpose (`identity`, `scraper`, ...). It is safe to use from several threads."""
    return httpx2.Client(
        timeout=httpx2.Timeout(timeout_s),
        limits=httpx2.Limits(max_connections=connections),
        headers={"User-Agent": f"ghar/{purpose}"},
        trust_env=False,
    )
