"""The condition language: parsed with positions, evaluated against a plain observation."""
