"""A short film of a session: its pictures, and words whose authors said yes to being in it, with captions.

`board` says what is shown and for how long, and is what the transcript is made from; `reel` makes the MP4.
"""
