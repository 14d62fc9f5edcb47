"""A checklist written in the native format, with probes that are proposed for it."""
