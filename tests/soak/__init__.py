"""What takes long: the same tests at full size, every width, coverage; run by `make soak`, which notes the figures."""
