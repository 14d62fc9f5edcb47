"""The launchpad command and what only it needs."""
