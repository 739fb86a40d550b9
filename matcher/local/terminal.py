"""What a command typed at a terminal works with: what it was given, or a running `sanad up`."""

import os

import click

from matcher.local import run_folder, surroundings
from matcher.local.acl import ServerName


def environ() -> dict[str, str]:
    """Take this process's environment, and where it names no store, a running `sanad up`."""
    if os.environ.get(surroundings.variable(ServerName.STORE)):
        return dict(os.environ)
    found = run_folder.running(os.environ)
    if found:
        click.echo("sanad: working with the `sanad up` that runs on this machine", err=True)
    chosen = {name: value for name, value in os.environ.items() if name == "SANAD_POOL"}
    return {**os.environ, **found, **chosen}
