"""What the console keeps looks like nothing that may not stand anywhere."""

from pathlib import Path

from msgspec.structs import replace

from matcher.bootstrap.console import ConsoleServices
from matcher.domain.coordinator import Rank
from matcher.local import doctor
from matcher.local.acl import Role
from matcher.local.findings import Level
from matcher.settings.services_shape import ReachEntry
from matcher.state.directory import mark
from tests.coordinating import CLINIC, WISH, come_in
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
    reach = ReachEntry(phone="+30 210 000 0000", email="help@clinic.example")
    clinic = replace(CLINIC, reach=reach)
    console.services.save(clinic, seen="", who=ana.id)
    shown = replace(clinic, checked=console.services.today())
    console.services.save(shown, seen=mark(clinic), who=ana.id)
    servers = {
        "SANAD_STORE_SCAN_URL": store.url(Role.SCAN),
        "SANAD_QUEUE_SCAN_URL": queue.url(Role.SCAN),
    }
    folders = dict.fromkeys(("TMPDIR", "XDG_RUNTIME_DIR"), str(tmp_path))

    found = doctor.scan(environ | servers | folders, [])

    assert "state" in {one.subject for one in found}
    assert [one for one in found if one.level is Level.WRONG] == []

    odd = Path(environ["SANAD_STATE_DIR"]) / "services-main.json"
    odd.write_text(odd.read_text().replace("Tests", "Mozilla/5.0"))
    assert "the name of a browser" in str(doctor.scan(environ | servers | folders, []))
