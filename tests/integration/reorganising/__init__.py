"""The reorganisation of 01/07/2025: on the demonstration, on the small province, and whatever is in flight."""
