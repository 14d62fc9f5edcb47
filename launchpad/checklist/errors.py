"""What is said when a checklist cannot be read."""


class ChecklistError(Exception):
    """A checklist that cannot be read: one clear line naming the file and, if known, the place."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
