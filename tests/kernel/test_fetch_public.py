"""What a stranger names is fetched from the public internet alone, within its time and size."""

import ipaddress
import socket
import threading

import pytest

from ghar import public_http
from tests.support import https


@pytest.fixture
def site(tmp_path, monkeypatch):
    with https.site(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


@pytest.fixture
def ours(settings):
    """This machine counts as one that may be asked."""
    settings.OUTBOUND_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]


def fetch(url, *, seconds=20.0, most_bytes=1000):
    return public_http.fetch(url, seconds=seconds, most_bytes=most_bytes)


@pytest.mark.parametrize("address", ["1.1.1.1", "103.21.244.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_the_public_internet(address):
    assert public_http.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
        "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_what_is_not_public_however_it_is_written(address):
    assert not public_http.is_public(ipaddress.ip_address(address))


def test_an_answer(site, ours):
    site.answer = https.said(b'{"a": 1}', content_type="application/json; charset=utf-8", cache_control="max-age=60")
    answer = fetch(f"{site.base}/client.json?x=1")
    assert answer == public_http.Fetched(200, "application/json", b'{"a": 1}', 60)
    assert site.asked == ["/client.json?x=1"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("public, max-age=5", 5),
        ("no-store, max-age=5", 0),
        ("no-cache", 0),
        ("s-maxage=5", None),
        ("max-age=-1", None),
        ("", None),
    ],
)
def test_how_long_an_answer_counts(site, ours, said, seconds):
    site.answer = https.said(b"{}", cache_control=said)
    assert fetch(f"{site.base}/c").fresh_s == seconds


def test_this_machine_is_not_asked(site):
    for url in (site.base, site.base.replace("localhost", "127.0.0.1"), "https://127.1/", "https://2130706433/"):
        with pytest.raises(public_http.NotFetched, match="not at port 443 of the public internet"):
            fetch(f"{url}/client.json")
    assert site.asked == []


@pytest.mark.parametrize("url", ["http://example.com/", "file:///etc/passwd", "https:///x", "gopher://x/"])
def test_nothing_but_https(url):
    with pytest.raises(public_http.NotFetched, match="is not an https address"):
        fetch(url)


def test_a_public_address_has_one_port():
    with pytest.raises(public_http.NotFetched, match="not at port 443"):
        fetch("https://1.1.1.1:8443/")


def test_a_name_is_asked_for_once_and_the_connection_goes_there(site, ours, monkeypatch):
    names, real = [], socket.getaddrinfo

    def noted(host, *rest, **named):
        names.append(host)
        return real(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    assert fetch(f"{site.base}/c").status == 200
    assert names == ["localhost"]


def test_of_several_addresses_one_that_is_private_is_enough_to_refuse(site, monkeypatch):
    found = [(socket.AF_INET, 1, 6, "", (address, 443)) for address in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(public_http.NotFetched, match="not at port 443"):
        fetch("https://example.com/")


def test_a_redirect_is_an_answer_and_not_followed(site, ours):
    site.answer = https.said(b"", status=302, location=f"{site.base}/else")
    assert fetch(f"{site.base}/c").status == 302
    assert site.asked == ["/c"]


def test_a_certificate_is_the_hosts(site, ours):
    with pytest.raises(public_http.NotFetched, match="cannot be reached"):
        fetch(f"{site.base.replace('localhost', '127.0.0.1')}/c")
    assert site.asked == []


def test_an_answer_that_is_too_long_is_not_read_to_its_end(site, ours):
    site.answer = https.said(b"x" * 1001)
    with pytest.raises(public_http.NotFetched, match="more than 1000 bytes"):
        fetch(f"{site.base}/c")


def test_one_that_never_ends_is_given_up(site, ours):
    given_up = threading.Event()

    def drip(request):
        request.send_response(200)
        while not given_up.wait(0.05):
            try:
                request.wfile.write(b"x")
            except OSError:
                return

    site.answer = drip
    with pytest.raises(public_http.NotFetched, match="did not answer within"):
        fetch(f"{site.base}/c", seconds=0.5)
    given_up.set()


def test_nobody_there(ours):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(public_http.NotFetched, match="cannot be reached"):
            fetch(f"https://localhost:{closed.getsockname()[1]}/c")
