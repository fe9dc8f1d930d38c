"""Storycircle: conversational workshops in the chat a community already uses."""

__version__ = "0.1.0"
