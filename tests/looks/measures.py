"""What is measured on an open page, with everything on it unfolded."""

from playwright.sync_api import Page

_UNFOLD = """
() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const opening = [...document.querySelectorAll(".opens")].slice(0, 12);
  for (const answer of opening) answer.checked = true;
}
"""
_WIDER = """
() => {
  const room = document.documentElement.clientWidth;
  const parts = [...document.querySelectorAll("body *")].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 1 && (box.right > room + 0.5 || box.left < -0.5);
  });
  return document.documentElement.scrollWidth > room ? parts.map((part) => part.outerHTML) : [];
}
"""
_SMALL = """
([least, most]) => {
  const names = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const small = [];
  for (const target of document.querySelectorAll(names)) {
    const box = target.getBoundingClientRect();
    const isInText = target.matches(":is(p, li, dd) > a") && !target.closest(".top, .doors");
    const isBig = target.matches("button, .button, .leave, .doors a, summary, select");
    const wanted = isBig ? most : least;
    if (target.checkVisibility() && !isInText && Math.min(box.width, box.height) < wanted - 0.5)
      small.push(`${Math.round(box.width)} x ${Math.round(box.height)} ${target.outerHTML}`);
  }
  return small;
}
"""
_UNTOLD = """
() => {
  const found = [];
  const say = (what, part) => found.push(`${what}: ${part.outerHTML.slice(0, 160)}`);
  const told = (part) => (part.getAttribute("aria-describedby") ?? "").split(" ");
  for (const part of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    const group = part.closest("fieldset");
    if (![...part.labels].some((label) => label.textContent.trim())) say("no label", part);
    if (part.matches("[type=radio]") && !group?.querySelector("legend")) say("no group", part);
  }
  for (const part of document.querySelectorAll("[aria-describedby]"))
    for (const id of told(part)) if (!document.getElementById(id)) say(`no ${id}`, part);
  for (const words of document.querySelectorAll(".question > :is(.hint, .error)[id]")) {
    const asked = words.closest(".question");
    const parts = [asked, ...asked.querySelectorAll("input, select, textarea")];
    if (!parts.some((part) => told(part).includes(words.id))) say("said to nobody", words);
  }
  for (const link of document.querySelectorAll(".wrong a")) {
    const at = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!at) say("leads nowhere", link);
    else if (at.tabIndex < 0 && !at.hasAttribute("tabindex")) say("cannot be focused", at);
  }
  const ids = [...document.querySelectorAll("[id]")].map((part) => part.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`twice ${id}`);
  return found;
}
"""


def unfold(page: Page) -> None:
    """Open everything that is folded, and the first dozen of answers that open more questions.

    A page that asks of every need has some hundred of these, all alike.
    """
    page.evaluate(_UNFOLD)


def wider(page: Page) -> list[str]:
    """List what makes the page wider than its window."""
    found: list[str] = page.evaluate(_WIDER)
    return [html[:160] for html in found]


def small(page: Page, *, least: int = 24, most: int = 44) -> list[str]:
    """List what is too small to press: buttons below `most`, others below `least` pixels.

    Links inside sentences are as tall as their line.
    """
    found: list[str] = page.evaluate(_SMALL, [least, most])
    return [html[:160] for html in found]


def untold(page: Page) -> list[str]:
    """List questions without a label, and hints and errors that no question points to."""
    found: list[str] = page.evaluate(_UNTOLD)
    return found
