"""What a document says of the whole launch: people, figures, criteria, variables."""
