"""Measures the service against hand-written SQL on the same database, in one run: ratios, never absolute times."""
