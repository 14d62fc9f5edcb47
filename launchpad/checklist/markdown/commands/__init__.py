"""Commands to copy: found in code blocks, divided, and given to what they belong to."""
