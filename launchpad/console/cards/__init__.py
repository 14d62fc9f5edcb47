"""Cards: what opens over a screen to ask one thing, and is left with escape."""
