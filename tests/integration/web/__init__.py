"""The pages, fetched and filled in as a person would, on both databases."""
