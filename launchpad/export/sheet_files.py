"""The emergency sheet's files, beside the log: so that a dead bastion does not take the plan along.

For a log in a file they are `<log>.sheets/<launch>.html` and `.txt`, open to whom the log is open;
for any other they lie in the account's own state folder.
"""

import os
from pathlib import Path
from urllib.parse import quote

from launchpad.export.sheet import sheet
from launchpad.export.sheet_html import html_sheet
from launchpad.export.sheet_text import text_sheet
from launchpad.export.whole import put_in_place
from launchpad.launch.state import LaunchState
from launchpad.log.store import Log
from launchpad.session.clock import now
from launchpad.session.history import earlier

_READ, _SET_GROUP = 0o444, 0o2000


def write_sheets(log: Log, state: LaunchState, state_folder: Path) -> Path:
    """Write both sheets of a launch as it stands, and return the HTML one's path.

    What was there is replaced at once. Raises OSError and LogError.
    """
    folder, mode = _folder(log.address, state_folder)
    written = sheet(state, log.address, now(), earlier(log, state).rollback)
    # Whoever may write the log names its launches: a name must not lead out of the folder.
    name = quote(state.launch, safe="", errors="replace")
    html = folder / f"{name}.html"
    # The text first: who finds the HTML finds both.
    text = (f"{line}\n".encode() for line in text_sheet(written))
    put_in_place(folder / f"{name}.txt", text, mode)
    put_in_place(html, [html_sheet(written).encode()], mode)
    return html


def _folder(address: str, state_folder: Path) -> tuple[Path, int]:
    """Return the folder, made where it was missing, and the permissions of a file in it."""
    if "://" in address:
        folder = state_folder / "sheets"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder, 0o600
    log = Path(address)
    status = log.stat()
    folder = log.with_name(f"{log.name}.sheets")
    mode = status.st_mode & 0o666
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        # A link would lead to another's folder.
        if folder.is_symlink():
            raise PermissionError(f"{folder} is a link, no folder") from None
    else:
        _open_like(folder, mode, status.st_gid)
    return folder, mode


def _open_like(folder: Path, mode: int, group: int) -> None:
    """Let those into a new folder who may read the log; its files then belong to that group."""
    try:
        os.chown(folder, -1, group)
    except PermissionError:
        return  # for its owner alone, not for a group that the log is not for
    folder.chmod(mode | (mode & _READ) >> 2 | _SET_GROUP)
