"""The rules, tested as plain values."""
