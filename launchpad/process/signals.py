"""How a process that keeps a command treats signals, and what the command inherits of that."""

import signal
from typing import Final

_WOULD_END: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
# Python ignores these for itself, and gives them back to a command by itself.
_PYTHONS_OWN: Final = (signal.SIGPIPE, signal.SIGXFSZ)


def clear_signals() -> None:
    """Block and ignore no signal, and survive those that ask a process to end.

    Masks and ignored signals are inherited by commands (execve(2)), from whoever started the
    conductor (nohup ignores SIGHUP); handlers are not. And who keeps a command must not end before
    it: it is ended by other means.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals().difference(_PYTHONS_OWN):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    for number in _WOULD_END:
        signal.signal(number, lambda *_: None)
