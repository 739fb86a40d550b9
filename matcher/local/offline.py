# ruff: noqa: D301 - click keeps the lines of a paragraph that a backspace begins
"""Commands that need no server and touch nobody: people from a table, or drawn ones."""

import os
from pathlib import Path
from typing import Any

import click

from matcher.settings.load import load


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--ticks", default="2,4,6", show_default=True, help="Needs a seeker ticks; one table each."
)
@click.option("--half", is_flag=True, help="Half of the answers, yes and no, instead of ticks.")
@click.option("--peers", type=click.IntRange(2), default=200, show_default=True)
@click.option("--repeats", type=click.IntRange(1, 10_000), default=24, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--by", default="", metavar="about:NAME", help="Rows for each group as well.")
@click.option("--json", "as_json", type=click.Path(path_type=Path), help="All numbers, here.")
@click.option("--plot", type=click.Path(path_type=Path), help="A picture (SVG), here.")
def evaluate(**asked: Any) -> None:  # noqa: ANN401 - what click read, by the names above
    """Measure the matcher on people whose whole answers are known.

    FILE is CSV (or .csv.gz) in UTF-8, one row a person, with a header:

    \b
    need:<family>/<name>   from 0 (no) to 1 (very much); empty means unknown
    about:<name>           anything, for --by; the matcher never sees it

    Some people become peers, three times as many (or all others) seekers. Of a seeker the
    matcher sees a few needs only; everybody gets a peer, three to a peer at most, so that the
    total score is largest. Hidden agreement is the cosine between both over the needs that it
    did not see, each need centred and scaled; chance gives 0. Only people with three needs of
    at least 0.5 take part. No server is needed, nothing leaves this machine.

    \b
    sanad evaluate config/example-people.csv --peers 60
    sanad evaluate people.csv.gz --ticks 4 --by about:age --json out.json
    sanad evaluate people.csv.gz --half --peers 100 --plot out.svg
    """
    from matcher.local.evaluation import command  # noqa: PLC0415 - help and exec stay quick

    command.run(command.Wish.of(asked))


@click.command()
@click.option("--pair", required=True, metavar="S,P", help="A seeker and a peer, from 0.")
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--seekers", type=click.IntRange(1, 10_000), default=60, show_default=True)
@click.option("--peers", type=click.IntRange(1, 10_000), default=25, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The parts as one line of JSON.")
def explain(pair: str, seed: int, seekers: int, peers: int, *, as_json: bool) -> None:
    """Show what the score of two drawn people consists of, part by part.

    Draws people from a seed, scores the pair by the needs and rules of the settings, and prints
    each part as a bar. The parts add up to the score. Below stand whether the two may meet, or
    every rule that keeps them apart, and which needs a card would show: two at most, by what
    they contribute, none that either side hides. What was guessed stays one sum: it is never
    told need by need. No server is needed, and the people do not exist.

    \b
    sanad explain --seed 7 --pair 3,5
    sanad explain --pair 0,2 --seekers 200 --peers 60
    sanad explain --pair 3,5 --json
    """
    from matcher.local import explaining  # noqa: PLC0415 - help and exec stay quick

    wish = explaining.Wish.of(pair, seed=seed, seekers=seekers, peers=peers)
    explaining.run(wish, load(os.environ), as_json=as_json)
