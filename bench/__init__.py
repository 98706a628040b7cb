"""Measures the platform: what a request costs, beside the same SQL by hand and beside Django's own ASGI handler."""
