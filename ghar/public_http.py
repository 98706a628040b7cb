"""Fetching an address that a stranger named: from the public internet alone, within a time and a size.

The name is resolved once, all its addresses are looked at, and the connection goes to one that was looked at, so a
second answer of the name server changes nothing. Redirects are not followed and no proxy is asked.

    answer = public_http.fetch("https://example.com/client.json", seconds=5, most_bytes=65536)
"""

import asyncio
import ipaddress
import re
import socket
from dataclasses import dataclass

import httpx2
from django.conf import settings

from ghar.errors import UpstreamFailed

HTTPS_PORT = 443
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])")
_NO_STORE = re.compile(r"\bno-(?:store|cache)\b")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address behind NAT64 (RFC 6052)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotFetched(UpstreamFailed):
    """There is no such answer: the address is not public, or it said nothing usable in time."""

    code = "ADDRESS_NOT_FETCHED"


@dataclass(frozen=True)
class Fetched:
    """An answer. `fresh_s` is how long it says that it counts; None when it says nothing."""

    status: int
    content_type: str
    body: bytes
    fresh_s: int | None


def fetch(url: str, *, seconds: float, most_bytes: int) -> Fetched:
    """What an https address answers. Raises NotFetched."""
    try:
        return asyncio.run(_within(httpx2.URL(url), seconds, most_bytes))
    except TimeoutError as slow:
        raise NotFetched(f"{url} did not answer within {seconds:g} seconds") from slow
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as fault:
        raise NotFetched(f"{url} cannot be reached") from fault


def is_public(address: Address) -> bool:
    """Is it an address of the public internet, also where it stands inside another one?"""
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inside(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


async def _within(url: httpx2.URL, seconds: float, most_bytes: int) -> Fetched:
    async with asyncio.timeout(seconds):
        addresses = await _checked(url)
        tls = httpx2.create_ssl_context()
        async with httpx2.AsyncClient(verify=tls, timeout=seconds, trust_env=False) as client:
            return await _first_that_connects(client, url, addresses, most_bytes)


async def _checked(url: httpx2.URL) -> list[Address]:
    """The addresses of a host, if it may be asked at all. Raises NotFetched."""
    if url.scheme != "https" or not url.host:
        raise NotFetched(f"{url} is not an https address")
    port = url.port or HTTPS_PORT
    found = await asyncio.get_running_loop().getaddrinfo(url.raw_host.decode(), port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    private = [address for address in addresses if not is_public(address)]
    own = all(_is_ours(address) for address in private)
    if not addresses or not own or (port != HTTPS_PORT and len(private) < len(addresses)):
        raise NotFetched(f"{url.host} is not at port 443 of the public internet")
    return sorted(set(addresses), key=lambda address: address.version)


def _is_ours(address: Address) -> bool:
    return any(address in ipaddress.ip_network(network) for network in settings.OUTBOUND_PRIVATE_NETWORKS)


async def _first_that_connects(
    client: httpx2.AsyncClient, url: httpx2.URL, addresses: list[Address], most_bytes: int
) -> Fetched:
    for address in addresses[:-1]:
        try:
            return await _get(client, url, address, most_bytes)
        except httpx2.ConnectError:
            continue
    return await _get(client, url, addresses[-1], most_bytes)


async def _get(client: httpx2.AsyncClient, url: httpx2.URL, address: Address, most_bytes: int) -> Fetched:
    """Ask that very address, under the host's name and with its certificate."""
    headers = {"Host": url.netloc.decode(), "Accept": "application/json", "User-Agent": "ghar"}
    request = client.build_request(
        "GET", url.copy_with(host=str(address)), headers=headers, extensions={"sni_hostname": url.raw_host.decode()}
    )
    answer = await client.send(request, stream=True)
    try:
        body = b""
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > most_bytes:
                raise NotFetched(f"{url} answers more than {most_bytes} bytes")
        content_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Fetched(answer.status_code, content_type, body, _fresh(answer.headers.get("cache-control", "")))
    finally:
        await answer.aclose()


def _fresh(cache_control: str) -> int | None:
    told = cache_control.lower()
    if _NO_STORE.search(told):
        return 0
    found = _MAX_AGE.search(told)
    return int(found[1]) if found else None
