"""Takes a picture of every page in every state: `poe pictures`, into .screenshots/.

{en, ar} x {light, dark} x {phone, desktop}; a picture is as long as its page.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask import Flask
from rich.progress import track

from tests.architecture.source import ROOT
from tests.looks import chromium
from tests.looks.chromium import VARIANTS, Screen
from tests.looks.console.every_state import every_console_state
from tests.looks.console.ground import still_app as still_console
from tests.looks.every_state import every_state, still_app
from tests.looks.visitor import Shot

FOLDER = ROOT / ".screenshots"


def take(path: str, app: Flask, shots: Iterable[Shot], folder: Path) -> int:
    """Take the pictures with the Chromium at `path`; says how many.

    `app` has the styles of these pages.
    """
    count = 0
    with chromium.running(path) as browser:
        screen = Screen(browser, app)
        for shot in shots:
            page = screen.show(shot)
            for variant in VARIANTS:
                screen.vary(variant)
                file = folder / variant.name / shot.language / f"{shot.name}.png"
                page.screenshot(path=file, full_page=True)
                count += 1
    return count


@click.command()
@click.option("--only", default="", help="Only states whose name holds this, such as `start`.")
@click.option("--into", default=str(FOLDER), help="The folder, which is emptied first.")
def main(only: str, into: str) -> None:
    """Take a picture of every page and state: en and ar, light and dark, phone and desktop.

    Those of coordinators begin with `console-`.
    """
    path = chromium.found()
    if path is None:
        raise click.ClickException(chromium.NONE_FOUND)
    folder, count = Path(into), 0
    shutil.rmtree(folder, ignore_errors=True)
    for app, gather in ((still_app(), every_state), (still_console(), every_console_state)):
        shots = [shot for shot in gather() if only in shot.name]
        count += take(path, app, track(shots, "Pictures"), folder)
    click.echo(f"{count} pictures in {folder}")


if __name__ == "__main__":
    sys.exit(main())
