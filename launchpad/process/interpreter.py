"""Starting a module of this program with the standard library only, in a few milliseconds."""

import sys
from pathlib import Path
from typing import Final

_ROOT: Final = str(Path(__file__).parents[2])
_CODE: Final = (
    "import importlib, sys; sys.path.append(sys.argv.pop(1));"
    " importlib.import_module(sys.argv.pop(1)).main()"
)


def bare_python(module: str, *arguments: str) -> list[str]:
    """Return the argv that runs module.main() with arguments in sys.argv[1:].

    Without -I the user's directories and variables would have a say in what runs, and site (-S)
    takes as long as all the rest; -X utf8 has all words mean the same bytes on both sides.
    """
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", _CODE, _ROOT, module, *arguments]
