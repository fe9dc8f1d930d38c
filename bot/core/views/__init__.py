"""Read models: what a participant, a host, the board and the recap show."""
