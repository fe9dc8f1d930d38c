"""How each kind of step is drawn, one module a kind. Whoever imports any of it has all of them."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)
