"""What people may see, on both databases."""
