"""The templates by themselves: layouts and components in a plain environment, and the assets they stand on."""
