"""The directory of services: listed, added, changed, asked for, overtaken."""

from tests.looks.console.ground import Ground, Seen
from tests.looks.visitor import Visitor
from tests.web.browsing import Given

SAVE = "Save"
CLINIC: Given = {
    "id": "clinic-harbour",
    "name-en": "A clinic by the harbour",
    "name-ar": "عيادة قرب الميناء",
    "text-en": "Tests and advice, without questions.",
    "text-ar": "فحوص ومشورة من دون أسئلة.",
    "hours-en": "Monday to Friday, 9 to 17",
    "cost-en": "free",
    "reach-phone": "+30 210 000 0000",
    "groups": ["health"],
    "languages": ["en", "ar"],
    "ages": ["18-plus"],
    "source": "called them",
}
WRONG: Given = {"id": "A clinic", "reach-phone": "ask", "may_tell": ["nobody", "police"]}


def services(ground: Ground, one: Visitor) -> Seen:
    """Look at the directory, get an entry wrong, write it down, ask for it to be shown."""
    yield "services-add", one.open("/en/services/add")
    yield "services-add-wrong", one.press(SAVE, {**CLINIC, **WRONG})
    yield "services-add-empty-wrong", one.open("/en/services/add").press(SAVE)
    one.open("/en/services/add").press(SAVE, CLINIC)
    one.open("/en/services/change?service=clinic-harbour")
    late = ground.stranger()
    late.client.set_cookie("desk", str(one.client.get_cookie("desk").value))  # type: ignore[union-attr]  # one is signed in
    late.open("/en/services/change?service=clinic-harbour")
    one.press(SAVE, {"cost-en": "ten pounds"})
    yield "services-stale", late.press(SAVE, {"name-en": "The clinic"})
    one.open("/en/services/change?service=clinic-harbour").press(SAVE, {"check": "today"})
    yield "services", one.open("/en/services")
    yield "partners", one.open("/en/services/cards")
    yield "partners-wrong", one.press("Make the card", {"id": "A", "code": "ilou"})
    yield "services-change", one.open("/en/services/change?service=clinic-harbour")
    yield "services-example", one.open("/en/services/change?service=example-clinic")
