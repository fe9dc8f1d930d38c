"""Pacing: when a workshop moves on, live, over days, facilitated, in review and weeks later."""
