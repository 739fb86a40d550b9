"""The settings that worker and clock stand on."""

import os
from functools import cache

from matcher.domain.errors import SettingsError
from matcher.settings.load import load
from matcher.settings.model import Settings


@cache
def settings() -> Settings:
    """Read this process's settings once.

    Raises
    ------
    SettingsError
        If they are wrong, or name no servers: only `sanad up` starts servers of its own.
    """
    found = load(os.environ)
    for name, url in (("STORE", found.store_url), ("QUEUE", found.queue_url)):
        if not url:
            raise SettingsError(f"SANAD_{name}_URL is not set; `sanad up` sets it by itself")
    return found
