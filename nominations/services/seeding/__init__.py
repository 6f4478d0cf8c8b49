"""Fills a database: reference data for every installation, accounts and a played history for a demonstration."""
