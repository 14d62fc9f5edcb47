"""What has happened: events, the fold that reads them, the rules that make them."""
