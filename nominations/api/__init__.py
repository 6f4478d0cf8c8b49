"""The JSON API under /api/v1: the same services, rules and scoping as the pages."""
