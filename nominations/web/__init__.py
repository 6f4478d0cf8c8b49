"""The pages: HTML for people, a blueprint per audience."""
