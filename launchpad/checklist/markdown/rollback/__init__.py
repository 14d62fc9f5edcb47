"""The rollback that a document describes in prose."""
