"""Papers and their two outputs."""
