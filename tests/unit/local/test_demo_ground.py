"""What a demo's own `sanad up` is told of the terminal it was started from."""

from matcher.local.demo.ground import environ_of_run


def test_a_demo_runs_and_judges_by_the_settings_folder_that_was_asked_for() -> None:
    found = environ_of_run({"SANAD_CONFIG_DIR": "/elsewhere", "HOME": "/home"})

    assert found["SANAD_CONFIG_DIR"] == "/elsewhere"
    assert found["HOME"] == "/home"


def test_a_demo_takes_over_no_server_and_no_pool_of_another_run() -> None:
    found = environ_of_run({"SANAD_STORE_URL": "redis://other", "SANAD_POOL": "other"})

    assert not found.keys() & {"SANAD_STORE_URL", "SANAD_POOL"}
