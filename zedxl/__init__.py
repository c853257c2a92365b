"""zedxl: the seguimiento workbook of a PEI that computes itself and writes its evaluation report."""

__version__ = "0.1.0"
