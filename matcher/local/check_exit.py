"""Looks at where "Leave this page" leads: somebody else's site, and one that tells nothing."""

import re
from urllib.parse import urlsplit

from matcher.local.findings import Finding, fine, wrong
from matcher.settings.model import Settings

TELLING = frozenset(
    {
        *("lgbt", "lgbtq", "lgbtqi", "queer", "gay", "lesbian", "bisexual", "trans", "pride"),
        *("intersex", "gender", "hiv", "aids", "prep", "sex", "asylum", "refugee"),
        *("abuse", "crisis", "suicide", "violence", "helpline", "hotline", "support", "peer"),
        *("rainbow", "mithli", "meem"),
    }
)
"""Words that tell what somebody looked for; a part of a longer word tells nothing."""

_OWN = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - listens nowhere
_WORD = re.compile(r"[^\W_]+")


def examine(settings: Settings) -> list[Finding]:
    """Tell what is wrong with the way out, if anything is."""
    url = settings.site.exit_url
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    words = set(_WORD.findall(url.lower()))
    if parts.scheme != "https" or not host:
        return [_wrong("has to begin with https://: others on the line would read the rest")]
    if host in {*_OWN, settings.public.host, settings.console.host}:
        return [_wrong("leads back to this site; choose one that many people open")]
    own = {*_WORD.findall(settings.site.name.lower()), *settings.pools} - {"main"}
    if told := sorted(words & (TELLING | own)):
        return [_wrong(f"holds a word that tells something: {', '.join(told)}")]
    return [fine("exit", f"“Leave this page” leads to {host}")]


def _wrong(reason: str) -> Finding:
    return wrong("exit", f"[site] exit_url {reason}")
