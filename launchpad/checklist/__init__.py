"""What should happen: the model of a checklist, its readers, and filling a document in."""
