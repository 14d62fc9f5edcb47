from launchpad.process.environment import clean_environment

OUTER = {
    "PATH": "/bin",
    "LC_ALL": "C.UTF-8",
    "LC_SMUGGLED": "x",
    "HTTPS_PROXY": "http://me:hunter2@proxy",
    "LD_PRELOAD": "/tmp/x.so",
    "SSH_AUTH_SOCK": "/tmp/agent",
}


def test_only_what_is_known_to_be_harmless_passes() -> None:
    assert clean_environment(OUTER) == {"PATH": "/bin", "LC_ALL": "C.UTF-8"}


def test_what_is_kept_by_name_passes_where_it_exists() -> None:
    kept = clean_environment(OUTER, keep=["SSH_AUTH_SOCK", "KRB5CCNAME"])
    assert kept == {"PATH": "/bin", "LC_ALL": "C.UTF-8", "SSH_AUTH_SOCK": "/tmp/agent"}


def test_extra_variables_win() -> None:
    kept = clean_environment({"PATH": "/bin"}, extra={"PATH": "/opt", "LAUNCHPAD_VAR_HOST": "db1"})
    assert kept == {"PATH": "/opt", "LAUNCHPAD_VAR_HOST": "db1"}
