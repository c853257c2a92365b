"""Many books in one table: ``from zedxl.consolidado import consolidar`` gives a pandas DataFrame."""

from zedxl.consolidado.consolidacion import consolidar

__all__ = ["consolidar"]
