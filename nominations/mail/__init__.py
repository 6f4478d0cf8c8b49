"""Letters that tell somebody to come and look: what stands in them, and the server they go out by."""
