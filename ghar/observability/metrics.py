"""Prometheus metrics of requests, and the page that shows them."""

import ipaddress
import os
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from ghar.api import failures
from ghar.errors import NotAllowed

REQUESTS = Counter("ghar_requests_total", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "ghar_request_seconds",
    "Time to answer a request.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class RequestMetrics:
    """Counts and times every request under its route, never under its raw path."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else "unmatched"
        REQUESTS.labels(request.method, route, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        return response


def page(request: HttpRequest) -> HttpResponse:
    """The metrics of all worker processes, for the holder of METRICS_TOKEN; without one, for this machine."""
    if not _may_read(request):
        return failures.respond(NotAllowed("Metrics need the METRICS_TOKEN of this deployment."), request)
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def values(name: str) -> dict[str, float]:
    """The present values of a gauge with one label, by that label, over all worker processes of this machine."""
    found = [metric for metric in _registry().collect() if metric.name == name]
    return {next(iter(sample.labels.values()), ""): sample.value for metric in found for sample in metric.samples}


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
