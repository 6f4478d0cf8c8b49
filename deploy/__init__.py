"""What starts the service on a machine."""
