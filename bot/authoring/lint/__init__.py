"""Well-formed scripts that would still not work in a room (faults), or would work better otherwise (warnings)."""
