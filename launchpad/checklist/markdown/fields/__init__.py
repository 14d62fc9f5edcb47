"""What is said of an item beside and beneath its words."""
