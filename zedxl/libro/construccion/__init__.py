"""Building the shipped book, sheet by sheet, for any plan (SPEC 4.2).

>>> from zedxl.libro.construccion import construir
>>> construir.__name__
'construir'
"""

from zedxl.libro.construccion.libro import componer, construir

__all__ = ["componer", "construir"]
