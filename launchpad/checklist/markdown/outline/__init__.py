"""Headings: how they divide a document, and what they say of its parts."""
