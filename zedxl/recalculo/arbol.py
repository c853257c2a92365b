"""A formula as a tree, as the engine's parser gives it, and back as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import formualizer

Nodo = dict[str, Any]
"""``node_type`` says what it is: Reference, Literal, Omitted, Function, BinaryOp, UnaryOp, Array or Call."""

ERRORES = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")

_POSTERIORES = ("%", "#")


def analizar(texto: str) -> Nodo | None:
    """The tree of a formula, with or without its equals sign; None when it cannot be understood."""
    try:
        arbol: Nodo = formualizer.parse(texto if texto.startswith("=") else f"={texto}").to_dict()
    except (formualizer.ParserError, formualizer.TokenizerError, ValueError):
        return None
    return arbol


def hijos(nodo: Nodo) -> list[Nodo]:
    """What a node is made of."""
    match nodo["node_type"]:
        case "Function":
            return list(nodo["args"])
        case "Call":
            return [nodo["callee"], *nodo["args"]]
        case "BinaryOp":
            return [nodo["left"], nodo["right"]]
        case "UnaryOp":
            return [nodo["operand"]]
        case "Array":
            return [celda for fila in nodo["rows"] for celda in fila]
        case _:
            return []


def recorrer(nodo: Nodo) -> Iterator[Nodo]:
    """A node and all below it."""
    yield nodo
    for hijo in hijos(nodo):
        yield from recorrer(hijo)


def llamada(nombre: str, *argumentos: Nodo) -> Nodo:
    """The node of a function's call."""
    return {"node_type": "Function", "name": nombre, "args": list(argumentos)}


def texto(valor: str) -> Nodo:
    """The node of a text."""
    return {"node_type": "Literal", "value": valor}


def referencia(lugar: str) -> Nodo:
    """The node of an address."""
    return {"node_type": "Reference", "reference": lugar}


def escribir(nodo: Nodo) -> str:  # noqa: PLR0911  one for each kind of node
    """A tree as the text of a formula, without the equals sign.

    >>> escribir(analizar('=IF(A1="x",-B2%,{1,2})+T[c]'))
    '(IF((A1="x"),(-(B2%)),{1,2})+T[c])'
    """
    match nodo["node_type"]:
        case "Reference":
            return str(nodo["reference"])
        case "Literal":
            return _literal(nodo["value"])
        case "Function":
            return f"{nodo['name']}({','.join(map(escribir, nodo['args']))})"
        case "BinaryOp":
            return f"({escribir(nodo['left'])}{nodo['operator']}{escribir(nodo['right'])})"
        case "UnaryOp":
            operando, signo = escribir(nodo["operand"]), nodo["operator"]
            return f"({operando}{signo})" if signo in _POSTERIORES else f"({signo}{operando})"
        case "Array":
            return "{" + ";".join(",".join(escribir(c).strip("()") for c in fila) for fila in nodo["rows"]) + "}"
        case _:
            return ""


def _literal(valor: object) -> str:
    if isinstance(valor, bool):
        return "TRUE" if valor else "FALSE"
    if isinstance(valor, (int, float)):
        return f"{valor:.17g}"
    if valor in ERRORES:
        return str(valor)
    return '"' + str(valor).replace('"', '""') + '"'
