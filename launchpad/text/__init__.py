"""Making outside text harmless before anything stores or shows it."""
