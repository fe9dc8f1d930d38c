"""Chat platforms: each translates between its own protocol and the port, and decides nothing."""
