"""Observing the world: one file per probe type, and the scheduler."""
