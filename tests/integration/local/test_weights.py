"""On the wire of a real server every page is light, and as long as every other."""

from matcher.web.common.sizes import PACKED_BYTES
from tests.machine import up
from tests.weights import MOST, every

LONGER = (
    "(needs)",
    "(lived)",
    "/kept",
)  # open to everybody, and the same for all: their length tells nothing


def test_every_page_with_all_that_it_loads_is_light_and_as_long_as_every_other() -> None:
    with up() as running:
        found = list(every(running))

    kinds = {name.rpartition(" ")[2] for name, _, _ in found}
    assert {"(check)", "(talk)", "(talk/team)", "(after)"} <= kinds
    assert [name for name, page, loaded in found if page + loaded > MOST] == []
    assert {page for name, page, _ in found if not name.endswith(LONGER)} == {PACKED_BYTES}
    assert all(loaded > 0 for _, _, loaded in found)
