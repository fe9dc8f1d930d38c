"""The commands of sessions and communities: each family in a module, each row beside its handler."""
