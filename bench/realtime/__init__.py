"""Measures what must lose nothing: live updates with many readers, and notices that go out."""
