"""The ACL files shown to operators are the ones `sanad up` uses."""

import re
from pathlib import Path

import pytest

from matcher.local import acl
from matcher.local.acl import ServerName
from matcher.settings.load import config_folder


@pytest.mark.parametrize("name", ServerName)
def test_an_operators_example_gives_the_same_rights_as_sanad_up(name: ServerName) -> None:
    shown = Path(config_folder({}) / "deploy" / f"{name}.acl").read_text("utf-8")

    used = re.sub(r"#[0-9a-f]{64}", "#SHA256", acl.acl_file(acl.users(name)))

    assert shown == used
