"""Reference data, demonstration accounts and the played history, through the project's own commands."""
