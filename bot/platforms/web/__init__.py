"""The web room: a platform whose server is ours. Messages, threads and members are our own rows."""
