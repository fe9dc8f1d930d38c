"""What a step is and does: its answers, pairs, galleries, tallies, diagrams and action items."""
