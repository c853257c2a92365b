"""What the engine's functions take: where a range is meant as a whole, and where one value at a time.

The engine applies a function of single values to the first cell of a range, or refuses it, where a spreadsheet
applies it to each. So each argument is known here, and what is not known to take a range is taken not to.
"""

from __future__ import annotations

from collections.abc import Mapping


def _palabras(nombres: str) -> list[str]:
    return nombres.split()


_TODOS = range(255)
_PARES = range(0, 255, 2)

_DE_CONJUNTO = _palabras(
    "AND AVEDEV AVERAGE AVERAGEA COLUMN COLUMNS CONCAT CORREL COUNT COUNTA COUNTBLANK COVARIANCE.P COVARIANCE.S DEVSQ"
    " FILTER FREQUENCY GEOMEAN HARMEAN HSTACK INTERCEPT IRR KURT MAX MAXA MDETERM MEDIAN MIN MINA MINVERSE MMULT"
    " MODE MODE.SNGL NPV OR PEARSON PRODUCT ROW ROWS RSQ SKEW SLOPE SORT SORTBY STDEV STDEV.P STDEV.S STDEVA STDEVP"
    " STDEVPA STEYX SUM SUMPRODUCT SUMSQ SUMX2MY2 SUMX2PY2 SUMXMY2 TOCOL TOROW TRANSPOSE UNIQUE VAR VAR.P VAR.S VARA"
    " VARP VARPA VSTACK XIRR XNPV XOR"
)
_POR_POSICION: dict[str, range | tuple[int, ...]] = {
    "AGGREGATE": range(2, 255), "SUBTOTAL": range(1, 255), "TEXTJOIN": range(2, 255),
    "AVERAGEIF": (0, 2), "SUMIF": (0, 2), "COUNTIF": (0,), "COUNTIFS": _PARES,
    "AVERAGEIFS": (0, *range(1, 255, 2)), "MAXIFS": (0, *range(1, 255, 2)), "MINIFS": (0, *range(1, 255, 2)),
    "SUMIFS": (0, *range(1, 255, 2)),
    "CHOOSE": range(1, 255), "IF": (1, 2), "INDEX": (0,), "OFFSET": (0,), "TAKE": (0,), "DROP": (0,),
    "HLOOKUP": (1,), "LOOKUP": (1, 2), "MATCH": (1,), "VLOOKUP": (1,), "XLOOKUP": (1, 2), "XMATCH": (1,),
    "FORECAST": (1, 2), "FORECAST.LINEAR": (1, 2), "LARGE": (0,), "SMALL": (0,), "TRIMMEAN": (0,),
    "PERCENTILE": (0,), "PERCENTILE.EXC": (0,), "PERCENTILE.INC": (0,), "PERCENTRANK": (0,),
    "QUARTILE": (0,), "QUARTILE.EXC": (0,), "QUARTILE.INC": (0,), "RANK": (1,), "RANK.AVG": (1,), "RANK.EQ": (1,),
    "NETWORKDAYS": (2,), "WORKDAY": (2,), "LET": _TODOS,
}  # fmt: skip
TOMA_RANGOS: Mapping[str, range | tuple[int, ...]] = {
    **dict.fromkeys(_DE_CONJUNTO, _TODOS),
    **_POR_POSICION,
}
"""Positions, from 0, of the arguments that are ranges."""

CELDA_A_CELDA = frozenset(
    _palabras("IF IFERROR IFNA ISBLANK ISERR ISERROR ISLOGICAL ISNA ISNONTEXT ISNUMBER ISTEXT LOWER SEARCH TEXT UPPER")
)
"""Functions that, given a range, are applied to each of its cells: by the engine, or because zedxl took their place."""

DE_UN_VALOR = frozenset(
    _palabras(
        "ABS CEILING CHAR CLEAN CODE DATE DATEVALUE DAY DAYS EDATE EOMONTH EVEN EXACT EXP FIND FIXED FLOOR HOUR INT"
        " ISEVEN ISODD ISOWEEKNUM LEFT LEN LN LOG LOG10"
        " MID MINUTE MOD MONTH MROUND NOT NUMBERVALUE ODD POWER PROPER QUOTIENT REPLACE REPT RIGHT ROUND"
        " ROUNDDOWN ROUNDUP SECOND SIGN SQRT SUBSTITUTE TIME TRIM TRUNC UNICHAR UNICODE VALUE WEEKDAY"
        " WEEKNUM YEAR"
    )
)
"""Functions of single values, whose result depends on these alone: zedxl applies them to each cell of a range."""

SOBRE_CADA_ELEMENTO = frozenset({"FILTER", "MMULT", "SORT", "SORTBY", "SUMPRODUCT"})
"""Functions inside which a range is computed cell by cell also in an ordinary formula."""

DAN_TABLA = frozenset(
    _palabras(
        "DROP FILTER FREQUENCY HSTACK MINVERSE MMULT MODE.MULT RANDARRAY SEQUENCE SORT SORTBY TAKE TEXTSPLIT TOCOL"
        " TOROW TRANSPOSE UNIQUE VSTACK"
    )
)
"""Functions that give several values whatever their arguments."""

LEEN_CUALQUIER_CELDA = frozenset({"INDIRECT", "OFFSET"})
"""Functions that read cells which their formula does not name."""

SOLO_DE_EXCEL = frozenset({"CELL", "INFO", "LAMBDA"})
"""Functions that the engine has in part only: they tell about the program, or make functions."""
