"""Tests that need no database server and no browser."""
