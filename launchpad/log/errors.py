"""What can be wrong with a log. Each message is one line that a person can act on."""


class LogError(Exception):
    """The log could not be read or written."""


class LogUnreadable(LogError):
    """It is missing, no log, damaged, of a newer version, or on a network file system."""


class LogUnwritable(LogError):
    """Nothing was recorded: it is read-only, full, locked for too long, or failing."""


class LogGone(LogError):
    """The file that was opened is no longer where it was; what is written now would be lost."""


class LeaseLost(LogError):
    """Another conductor took the lease over; nothing was recorded under the old one."""


class AddressRefused(ValueError):
    """The address holds what must not be in it. The message does not repeat it."""
