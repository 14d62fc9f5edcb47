"""The detached process that probes, watches triggers and runs steps."""
