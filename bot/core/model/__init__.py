"""The nouns of a workshop: script, session, events, facts, effects and cards, and how a fact changes a session."""
