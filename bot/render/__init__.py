"""Drawing: cards, pictures, recaps and films from what the core decided."""
