"""Launchpad: a launch-day command center in the terminal."""

__version__ = "0.1.0"
