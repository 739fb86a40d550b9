"""What the console keeps looks like nothing that may not stand anywhere."""

from pathlib import Path

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from matcher.local import doctor
from matcher.local.acl import Role
from matcher.local.findings import Level
from tests.coordinating import WISH, come_in
from tests.servers import Running


def test_a_scan_finds_nothing_wrong_with_what_coordinators_leave(
    console: ConsoleServices,
    environ: dict[str, str],
    store: Running,
    queue: Running,
    tmp_path: Path,
) -> None:
    ana = come_in(console, "Ana", Rank.OWNER)
    console.staff.ask_to_invite(ana.id, Rank.COORDINATOR)
    console.coordinators.open_door(Rank.COORDINATOR)
    console.batches.make(WISH, ana.id)
    servers = {
        "SANAD_STORE_SCAN_URL": store.url(Role.SCAN),
        "SANAD_QUEUE_SCAN_URL": queue.url(Role.SCAN),
    }
    folders = dict.fromkeys(("TMPDIR", "XDG_RUNTIME_DIR"), str(tmp_path))

    found = doctor.scan(environ | servers | folders, [])

    assert "state" in {one.subject for one in found}
    assert [one for one in found if one.level is Level.WRONG] == []
