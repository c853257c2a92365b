"""A real LibreOffice Calc for the tests: `evaluar` shows what it computes, with the functions of the extension."""

from tests.calc.hojas import EnMatriz, evaluar
from tests.calc.oficina import hace_falta_calc, oficina

__all__ = ["EnMatriz", "evaluar", "hace_falta_calc", "oficina"]
