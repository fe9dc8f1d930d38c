"""Workshop files: load, lint, schema, rehearsal and the demo room."""
