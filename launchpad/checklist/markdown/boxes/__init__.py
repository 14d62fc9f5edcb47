"""Boxes that are no GFM tasks: drawn ones, those within a line, the rows of a table."""
