"""The kinds of steps, one module each, and what they have in common. Whoever imports any of it has all kinds."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
