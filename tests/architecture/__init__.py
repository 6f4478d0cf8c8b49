"""Rules about the code, kept as tests."""
