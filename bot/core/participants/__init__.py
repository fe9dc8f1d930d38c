"""Participants: membership, moderation, translation and the community that outlives a session."""
