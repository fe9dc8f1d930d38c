"""Renderers of steps, one module for each kind. Whoever imports any of them has all of them."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
