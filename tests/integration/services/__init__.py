"""The services, through their public functions, on both databases."""
