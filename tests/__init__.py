"""The tests: unit, integration on both databases, browser and architecture."""
