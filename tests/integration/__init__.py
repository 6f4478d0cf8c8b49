"""Tests that run on SQLite and on PostgreSQL."""
