"""Fixtures of the worker's tests, for faults that its processes meet."""

from tests.integration.worker.conftest import line

__all__ = ("line",)
