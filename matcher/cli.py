# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""The `sanad` command: reads what was asked, lets matcher.local do it, says how it went."""

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console

from matcher.domain.errors import MatcherError, SettingsError
from matcher.domain.invitation import Scope
from matcher.local import (
    commands,
    findings,
    numerics,
    offline,
    python,
    run_folder,
    surroundings,
    terminal,
)
from matcher.local.commands import App
from matcher.local.console_invite import console_invite
from matcher.local.directory.command import services
from matcher.local.notes.command import notes
from matcher.local.reporting import report_summary
from matcher.local.ruling.command import rules
from matcher.local.surroundings import Seat
from matcher.local.vault.command import vault
from matcher.settings.load import load

EXIT_FAILED = 1
EXIT_USAGE = 2


class PlainGroup(click.Group):
    """Tells expected failures in one sentence, without a trace."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command; what is wrong with settings is a matter of usage."""
        try:
            return super().invoke(ctx)
        except MatcherError as error:
            summary = (type(error).__doc__ or "").partition("\n")[0]
            click.echo(f"sanad: {str(error) or summary}", err=True)
            ctx.exit(EXIT_USAGE if isinstance(error, SettingsError) else EXIT_FAILED)


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sanad", prog_name="sanad")
def main() -> None:
    """Pair people who face something with volunteers who have lived through it.

    \b
    sanad up                 everything on this machine, until Ctrl-C
    sanad invite --count 5   codes for people the network has chosen as peers
    sanad console-invite     a one-time code for somebody who coordinates
    sanad demo               simulated people, from the form to the room
    sanad evaluate FILE      how well the matcher finds what people did not say
    sanad explain --pair 3,5 what the score of two drawn people consists of
    sanad rules check        are the rules as they should be? explain: in plain sentences
    sanad notes list         what peers ask coordinators; answer: reply to one of them
    sanad services list      formal help: what is shown, and what was bad for many
    sanad report-summary     how much the team was told that waits, in round numbers
    sanad vault export       carry the vault to another machine: | ssh HOST sanad vault import
    sanad doctor             is everything as it should be?

    Settings are config/*.toml; each may be set as SANAD_<TABLE>_<KEY>.

    Exit codes: 0 done or ended as asked, 1 it failed, 2 wrong usage or settings.
    """


@main.command()
@click.option("--port", type=click.IntRange(0, 65_535), help="Public port; 0 takes a free one.")
@click.option("--pool", default="", metavar="NAME", help="Whose pages; `pool` if left out.")
@click.option("--workers", type=click.IntRange(1, 64), help="How many rounds at once.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON once all is ready.")
def up(port: int | None, pool: str, workers: int | None, *, as_json: bool) -> None:
    """Run everything on this machine, until Ctrl-C; all data goes with it.

    Starts a store and a queue server of its own, in memory only, unless SANAD_STORE_URL or
    SANAD_QUEUE_URL name one. Prints where the pages are and three invitations; without a
    terminal these go to a file that only you can read. The log goes to standard error.

    \b
    sanad up
    sanad up --port 9000
    sanad up --pool berlin --workers 2
    sanad up --json 2>up.log
    """
    from matcher.local import start  # noqa: PLC0415 - help and exec stay quick

    chosen = {"SANAD_POOL": pool, "SANAD_WORKER_PROCESSES": str(workers or "")}
    given = {name: value for name, value in chosen.items() if value}
    start.up({**os.environ, **given}, port=port, as_json=as_json)


@main.command()
def web() -> None:
    """Run the pages of seekers and peers.

    Needs SANAD_STORE_URL, or a running `sanad up`. Listens where [public] in the settings says.

    \b
    SANAD_STORE_URL=unix://app:secret@/run/sanad/store.sock sanad web
    SANAD_PUBLIC_PORT=9000 sanad web
    """
    _serve(App.PUBLIC)


@main.command()
def console() -> None:
    """Run the pages of coordinators: own process, own port, this machine only by default.

    Needs SANAD_STORE_URL, and SANAD_QUEUE_URL for previews of rules, or a running `sanad up`.

    \b
    sanad console
    SANAD_CONSOLE_PORT=9001 sanad console
    """
    _serve(App.CONSOLE)


@main.command()
@click.option(
    "--queue", default="", metavar="NAME", help="Which queue to serve; rounds if left out."
)
def worker(queue: str) -> None:
    """Run a worker that computes rounds; any number may run, on any number of machines.

    Needs SANAD_STORE_URL and SANAD_QUEUE_URL, or a running `sanad up`.

    \b
    sanad worker
    sanad worker --queue rounds
    """
    _become(commands.worker(queue), numerics.environ(terminal.environ()))


@main.command()
def clock() -> None:
    """Run the clock that asks for rounds; a second one stands by.

    Needs SANAD_STORE_URL and SANAD_QUEUE_URL, or a running `sanad up`.

    \b
    sanad clock
    """
    _become(commands.clock(), terminal.environ() | python.SPARING)


@main.command()
@click.option("--count", type=click.IntRange(1, 500), default=1, show_default=True)
@click.option(
    "--scope",
    type=click.Choice([scope.value for scope in Scope]),
    multiple=True,
    default=[Scope.ADULTS.value],
    show_default=True,
    help="Whom the peer may be brought together with; may be repeated. Nobody under 18 can "
    "come in yet.",
)
@click.option(
    "--trained-for",
    metavar="NEED",
    multiple=True,
    help="A need the peer was trained for, as in needs.toml; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Where the codes are, as JSON.")
def invite(
    count: int, scope: tuple[str, ...], trained_for: tuple[str, ...], *, as_json: bool
) -> None:
    """Make invitations for people the network has chosen as peers; each works once.

    On a terminal the codes are shown. Otherwise, or with --json, they are written to a file
    that only you can read, and its path is printed.

    \b
    sanad invite --count 5
    sanad invite --trained-for health/doctors
    sanad invite --count 20 --json
    """
    from matcher.local import invite as invitations  # noqa: PLC0415 - help and exec stay quick

    codes = invitations.make(
        load(terminal.environ()),
        count=count,
        scope=frozenset(Scope(one) for one in scope),
        trained_for=frozenset(trained_for),
    )
    if sys.stdout.isatty() and not as_json:
        click.echo("\n".join(codes))
        return
    path = str(invitations.write_new(run_folder.for_codes(os.environ), codes))
    click.echo(json.dumps({"invitations": path, "count": count}) if as_json else path)


@main.command()
@click.option("--scan", "is_scan", is_flag=True, help="Read all that is kept anywhere, too.")
@click.option(
    "--log",
    "logs",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="A log, or a folder of logs, for --scan; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def doctor(logs: tuple[Path, ...], *, is_scan: bool, as_json: bool) -> None:
    """Check servers, settings, folders and ports; exit code 1 if something is wrong.

    With --scan, every key of both servers, their own records, and the files of vault, state and
    run are read: is there anything undeclared, without a lifetime, or that looks like a code,
    an address or a browser? What is found is counted, never shown.

    A server's own settings can be read with SANAD_STORE_ADMIN_URL and SANAD_QUEUE_ADMIN_URL,
    its records with SANAD_STORE_SCAN_URL and SANAD_QUEUE_SCAN_URL, which a running `sanad up`
    sets by itself.

    \b
    sanad doctor
    sanad doctor --scan --log up.log
    sanad doctor --json
    """
    from matcher.local import doctor as examination  # noqa: PLC0415 - help and exec stay quick

    if logs and not is_scan:
        raise click.UsageError("--log goes with --scan")
    environ = terminal.environ()
    found = examination.examine(environ)
    if is_scan:
        found += examination.scan(environ, logs)
    findings.show(found, Console(), as_json=as_json)
    sys.exit(EXIT_FAILED if findings.is_anything_wrong(found) else 0)


@main.command()
@click.option("--seekers", type=click.IntRange(1, 2_000), default=60, show_default=True)
@click.option("--peers", type=click.IntRange(1, 1_000), default=25, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--url", default="", help="Use the `sanad up` that runs here, at this address.")
@click.option("--keep", is_flag=True, help="Leave the pages running until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="The figures as one line of JSON.")
def demo(  # noqa: PLR0913 - one parameter an option
    seekers: int, peers: int, seed: int, url: str, *, keep: bool, as_json: bool
) -> None:
    """Let simulated people go the whole way through the real pages, and count what happened.

    They fill in the forms, wait, answer, open conversations, exchange a message both ways, and
    erase everything. Exit code 1 if a promise did not hold.

    \b
    sanad demo
    sanad demo --seekers 200 --peers 80 --seed 3
    sanad demo --json > demo.json
    """
    from matcher.local.demo import command  # noqa: PLC0415 - help and exec stay quick

    wish = command.Wish(
        seekers=seekers, peers=peers, seed=seed, url=url, keep=keep, as_json=as_json
    )
    sys.exit(0 if command.demo(wish) else EXIT_FAILED)


main.add_command(offline.evaluate)
main.add_command(offline.explain)
main.add_command(console_invite)
main.add_command(notes)
main.add_command(report_summary)
main.add_command(rules)
main.add_command(services)
main.add_command(vault)


def _serve(app: App) -> NoReturn:
    environ = surroundings.as_seat(Seat(app), terminal.environ()) | python.SPARING
    settings = load(environ)
    if not settings.store_url:
        raise SettingsError("SANAD_STORE_URL is not set; `sanad up` sets it by itself")
    listen = settings.public if app is App.PUBLIC else settings.console
    config = settings.folders.config
    _become(commands.serve(app, listen, config=config, bind=commands.address(listen)), environ)


def _become(argv: list[str], environ: dict[str, str]) -> NoReturn:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold what memory holds
    sys.stdout.flush()
    os.execve(argv[0], argv, python.environ(environ))  # noqa: S606 - this process becomes it


if __name__ == "__main__":
    main()
