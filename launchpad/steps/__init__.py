"""Acting on the world: the step runner, its claims and results."""
