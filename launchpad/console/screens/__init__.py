"""The full screens: what fills the terminal."""
