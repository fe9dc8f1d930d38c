"""Runs the core: hears events, commits what they come to, performs effects, keeps timers."""
