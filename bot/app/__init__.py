"""The composition root: the only room that builds the parts and connects them."""
