"""Where events are kept: append-only, hash-chained, followed."""
