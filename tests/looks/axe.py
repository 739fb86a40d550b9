"""Axe-core, the machine's eye for barriers: unmodified, in tests/vendored/.

It comes through the debugger, so that the page keeps its policy.
"""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from tests.architecture.source import ROOT

SOURCE = (ROOT / "tests" / "vendored" / "axe-core" / "axe.min.js").read_text("utf-8")
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
SEEN = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
"""Those of them that depend on colours and sizes; all others read what stands there."""
RUN = """
(rules) => axe.run(document, {
  runOnly: rules, resultTypes: ["violations"], performanceTimer: false, preload: false,
}).then((found) => found.violations)
"""


def arm(page: Page) -> None:
    """Bring axe to the page that is open."""
    page.evaluate(SOURCE)


def violations(page: Page, rules: list[str]) -> Iterator[str]:
    """Say what axe finds on the page as it is now, one line for each rule."""
    found: list[dict[str, Any]] = page.evaluate(RUN, rules)
    for rule in found:
        nodes = [f"{node['html'][:120]} ({_why(node)})" for node in rule["nodes"][:3]]
        yield f"{rule['id']} x {len(rule['nodes'])}: {'; '.join(nodes)}"


def _why(node: dict[str, Any]) -> str:
    said = [check["message"] for kind in ("any", "all") for check in node[kind]]
    return " / ".join(said)
