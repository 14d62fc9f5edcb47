"""Taking part in a launch from this machine: opening one, following it, submitting intents."""
