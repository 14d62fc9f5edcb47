"""What ends a conductor for good, on machines whose files a test writes."""

from pathlib import Path

import pytest

from launchpad.session.lasting import Account, Ending, dies_at, unit_folder, unit_name
from launchpad.session.logind import kills_at_logout

LAUNCH = "harbour-20261121-x2ab"
SESSION = "0::/user.slice/user-1000.slice/session-3.scope\n"
OWN_MANAGER = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/tmux.service\n"
SYSTEM = "0::/system.slice/cron.service\n"
KILLS = "[Login]\nKillUserProcesses=yes\n"


def write(root: Path, name: str, text: str = "") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def machine(root: Path, group: str) -> Account:
    """Return an account of a machine with systemd, whose process 7 is the conductor."""
    (root / "run/systemd/system").mkdir(parents=True)
    write(root, "proc/7/cgroup", group)
    return Account("deploy", root / "units", root)


@pytest.mark.parametrize(
    ("group", "kills", "lingers", "ending"),
    [
        (SESSION, False, False, "reboot"),
        (SESSION, True, False, "logout"),
        # Lingering keeps the services of an account, not what was started in a login.
        (SESSION, True, True, "logout"),
        (OWN_MANAGER, False, False, "logout"),
        (OWN_MANAGER, True, True, "reboot"),
        (SYSTEM, True, False, "reboot"),
    ],
)
def test_a_conductor_without_a_unit_ends_with_what_it_runs_in(
    tmp_path: Path, group: str, kills: bool, lingers: bool, ending: Ending
) -> None:
    account = machine(tmp_path, group)
    if kills:
        write(tmp_path, "etc/systemd/logind.conf", KILLS)
    if lingers:
        write(tmp_path, "var/lib/systemd/linger/deploy")
    assert dies_at(LAUNCH, account, 7) == ending


def test_a_unit_that_is_enabled_outlives_logout_and_reboot(tmp_path: Path) -> None:
    account = machine(tmp_path, SESSION)
    write(tmp_path, "etc/systemd/logind.conf", KILLS)
    wants = account.units / "default.target.wants"
    wants.mkdir(parents=True)
    (wants / unit_name(LAUNCH)).symlink_to("../unit")
    assert dies_at(LAUNCH, account, 7) == "logout"  # until the account lingers
    write(tmp_path, "var/lib/systemd/linger/deploy")
    assert dies_at(LAUNCH, account, 7) is None
    assert dies_at("another", account, 7) == "logout"


def test_a_unit_of_the_system_needs_no_lingering(tmp_path: Path) -> None:
    account = machine(tmp_path, SESSION)
    wants = tmp_path / "etc/systemd/system/multi-user.target.wants"
    wants.mkdir(parents=True)
    (wants / unit_name(LAUNCH)).symlink_to("../unit")
    assert dies_at(LAUNCH, account, 7) is None


def test_without_systemd_only_a_reboot_ends_it(tmp_path: Path) -> None:
    assert dies_at(LAUNCH, Account("deploy", tmp_path, tmp_path)) == "reboot"


def test_a_process_that_is_not_seen_ends_at_reboot(tmp_path: Path) -> None:
    assert dies_at(LAUNCH, machine(tmp_path, SESSION), 8) == "reboot"


def test_the_name_of_a_launch_leads_out_of_no_folder() -> None:
    assert unit_name("../etc/x") == "launchpad-___etc_x.service"


def test_the_folder_of_units_is_that_of_systemd() -> None:
    assert unit_folder({"XDG_CONFIG_HOME": "/c"}) == Path("/c/systemd/user")
    relative = unit_folder({"XDG_CONFIG_HOME": "c"})
    assert relative == unit_folder({}) == Path.home() / ".config/systemd/user"


@pytest.mark.parametrize(
    ("files", "kills"),
    [
        ({}, False),
        ({"etc/systemd/logind.conf": "#KillUserProcesses=yes\n"}, False),
        ({"etc/systemd/logind.conf": KILLS}, True),
        ({"etc/systemd/logind.conf": "[Other]\nKillUserProcesses=yes\n"}, False),
        ({"usr/lib/systemd/logind.conf": KILLS}, True),
        ({"usr/lib/systemd/logind.conf": KILLS, "etc/systemd/logind.conf": ""}, False),
        # Drop-ins win over the main file, the last by name over the others, wherever they lie.
        ({"etc/systemd/logind.conf": "", "usr/lib/systemd/logind.conf.d/a.conf": KILLS}, True),
        (
            {
                "usr/lib/systemd/logind.conf.d/90.conf": KILLS,
                "etc/systemd/logind.conf.d/10.conf": "[Login]\nKillUserProcesses=no\n",
            },
            True,
        ),
        # The same name in a place of more weight replaces the other file.
        (
            {
                "usr/lib/systemd/logind.conf.d/90.conf": KILLS,
                "etc/systemd/logind.conf.d/90.conf": "",
            },
            False,
        ),
        ({"etc/systemd/logind.conf": f"{KILLS}KillExcludeUsers=root deploy\n"}, False),
        ({"etc/systemd/logind.conf": f"{KILLS}KillOnlyUsers=ci\n"}, False),
        ({"etc/systemd/logind.conf": f"{KILLS}KillOnlyUsers=ci\nKillOnlyUsers=deploy\n"}, True),
        ({"etc/systemd/logind.conf": f"{KILLS}KillOnlyUsers=ci\nKillOnlyUsers=\n"}, True),
    ],
)
def test_what_logind_ends_is_read_in_its_own_order(
    tmp_path: Path, files: dict[str, str], kills: bool
) -> None:
    for name, text in files.items():
        write(tmp_path, name, text)
    assert kills_at_logout("deploy", tmp_path) is kills


def test_root_is_spared_unless_the_list_says_otherwise(tmp_path: Path) -> None:
    write(tmp_path, "etc/systemd/logind.conf", KILLS)
    assert not kills_at_logout("root", tmp_path)
    write(tmp_path, "etc/systemd/logind.conf", f"{KILLS}KillExcludeUsers=\n")
    assert kills_at_logout("root", tmp_path)
