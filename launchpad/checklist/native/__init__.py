"""The native format: YAML read strictly, with every error of a file told at once, in its place."""
