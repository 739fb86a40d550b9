"""Tells that everything runs: for a reader in front of a terminal, or for a script."""

import json
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from matcher.local import invite
from matcher.local.up import Ready


@dataclass(frozen=True, slots=True)
class Announcer:
    """Writes to standard output; codes go there only if somebody sits in front of it."""

    console: Console
    as_json: bool

    def __call__(self, ready: Ready) -> None:
        """Tell it."""
        if self.as_json or not self.console.is_terminal:
            invite.write(ready.folder.invitations, ready.codes)
            invite.write(ready.folder.opening, [ready.opening] if ready.opening else [])
        if self.as_json:
            self._line(ready)
        else:
            self._table(ready)

    def _line(self, ready: Ready) -> None:
        told = {
            "public": ready.public,
            "console": ready.console,
            "store": ready.store,
            "queue": ready.queue,
            "pids": ready.pids,
            "env": str(ready.folder.env_file),
            "invitations": str(ready.folder.invitations),
            "coordinator": str(ready.folder.opening),
        }
        self.console.file.write(json.dumps(told) + "\n")
        self.console.file.flush()

    def _table(self, ready: Ready) -> None:
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", no_wrap=True)
        table.add_row("For everybody", ready.public)
        table.add_row("For coordinators", ready.console)
        if ready.opening:
            table.add_row("First coordinator", self._opening(ready))
        table.add_row("Invitations", self._invitations(ready))
        table.add_row("More of them", "sanad invite   (in another terminal)")
        fate = "everything stored goes with it" if ready.is_store_ours else "the store stays"
        table.add_row("To stop", f"Ctrl-C; {fate}")
        self.console.print(Padding(table, (1, 0)), soft_wrap=True, highlight=False)

    def _invitations(self, ready: Ready) -> str:
        if not self.console.is_terminal:
            return str(ready.folder.invitations)
        return "\n".join(ready.codes) or "none could be made; see the lines above"

    def _opening(self, ready: Ready) -> str:
        return str(ready.opening if self.console.is_terminal else ready.folder.opening)
