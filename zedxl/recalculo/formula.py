"""A formula as this engine must be told it, so that it gives what a spreadsheet gives; or why it cannot be told.

Each change stands for something that the engine does otherwise; the tests name them one by one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from udfs import FUNCIONES
from udfs.registro import Resultado
from zedxl.errores import ErrorExplicado
from zedxl.libro.direccion import separar_hoja
from zedxl.recalculo.arbol import ERRORES, Nodo, analizar, escribir, hijos, llamada, referencia, texto
from zedxl.recalculo.entorno import Entorno, es_lugar_fijo
from zedxl.recalculo.funciones_comprobadas import (
    BUSCADO,
    CELDA_A_CELDA,
    CONDICION,
    CRITERIO,
    DE_FECHAS,
    DE_UN_VALOR,
    EN_CONJUNTO,
    FECHA,
    LOGICO,
    NUMERO,
    PREFIJO_DE_REGLA,
    RANGO,
    SOBRE_CADA_ELEMENTO,
    TEXTO,
    clases_de_argumentos,
    da_logico,
    da_numero,
)  # fmt: skip
from zedxl.recalculo.referencia_a_tabla import resolver
from zedxl.recalculo.reglas import DE_RANGOS, REGLAS

POR_CELDA = "ZEDXL_POR_CELDA"
"""A function that only the engine knows: another one, applied cell by cell."""

_PREFIJO = re.compile(r"(_xlfn\.|_xlws\.|_xldudf_|\[\d+\]!|'[^']*'!)+", re.IGNORECASE)
_CELDA = re.compile(r"\b\$?[A-Z]{1,3}\$?\d+\b(?!\()")
_LUGAR = re.compile(r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+", re.I)
_MAX_NOMBRES = 20


class NoEvaluable(ErrorExplicado):
    """A formula that the engine cannot compute; its text says why, as the end of a sentence about its cell."""


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where a formula stands, whether it is an array formula, and whether it shows one value only."""

    hoja: str
    fila: int
    columna: int
    matricial: bool
    de_un_valor: bool


class Traductor:
    """Tells the engine the formulas of one book."""

    def __init__(self, entorno: Entorno) -> None:
        self._entorno = entorno
        self._iguales: dict[tuple[str, str, bool, bool], bool | str] = {}

    def traducir(self, formula: str, lugar: Lugar) -> str | None:
        """The formula for the engine, None when it may stay as it is; `NoEvaluable` when it cannot be computed.

        Formulas that differ only in the cells that they name are looked at once, unless they must be changed.
        """
        clave = (lugar.hoja, _CELDA.sub("A1", formula), lugar.matricial, lugar.de_un_valor)
        conocida = self._iguales.get(clave)
        if conocida is True:
            return None
        if isinstance(conocida, str):
            raise NoEvaluable(conocida)
        try:
            traducida = self._traducir(formula, lugar)
        except NoEvaluable as error:
            self._iguales[clave] = str(error)
            raise
        if traducida is None:
            self._iguales[clave] = True
        return traducida

    def _traducir(self, formula: str, lugar: Lugar) -> str | None:
        arbol = analizar(formula)
        if arbol is None:
            raise NoEvaluable("la fórmula no se entiende")
        nuevo = _Pasada(self._entorno, lugar, formula).formula(arbol)
        return None if nuevo is arbol else f"={escribir(nuevo)}"


class _Pasada:
    """One formula on its way through the changes; a node that needs none stays the same object."""

    def __init__(self, entorno: Entorno, lugar: Lugar, formula: str) -> None:
        self._entorno, self._lugar, self._formula = entorno, lugar, formula
        self._aqui = texto(clave_de_celda(lugar.hoja, lugar.fila, lugar.columna))
        self._nombres = 0
        self._final: Nodo | None = None

    def formula(self, arbol: Nodo) -> Nodo:
        if not self._lugar.matricial and not self._formula.lstrip("=+ ").startswith("("):
            self._final = arbol  # within parentheses Excel does not round what is left of a difference
        nuevo = self.nodo(arbol, self._lugar.matricial)
        if not self._lugar.de_un_valor or not self.es_plural(nuevo):
            return nuevo
        if nuevo["node_type"] == "Reference" and not self._lugar.matricial:
            return {"node_type": "UnaryOp", "operator": "@", "operand": nuevo}
        if self._lugar.matricial or nuevo["node_type"] == "Array" or _da_matriz(nuevo):
            return llamada("INDEX", nuevo, _UNO, _UNO)  # one cell shows the first of the values
        raise NoEvaluable("da varios valores en una celda")

    def nodo(self, nodo: Nodo, por_celda: bool) -> Nodo:
        match nodo["node_type"]:
            case "Reference":
                return self._referencia(nodo)
            case "Function":
                return self._funcion(nodo, por_celda)
            case "BinaryOp":
                return self._operacion(nodo, por_celda)
            case "UnaryOp":
                operando = self.nodo(nodo["operand"], por_celda)
                if nodo["operator"] not in "@#":
                    self._exigir_por_celda(operando, por_celda)
                if nodo["operator"] in "-%":
                    operando = self._asegurar(NUMERO, operando)
                return nodo if operando is nodo["operand"] else {**nodo, "operand": operando}
            case "Call":
                raise NoEvaluable("usa LAMBDA, que solo Excel sabe calcular")
            case "Literal" if nodo["value"] in ERRORES and f'"{nodo["value"]}"' in self._formula:
                raise NoEvaluable(f"compara con el texto «{nodo['value']}», que se confunde con un error")
            case _:
                return nodo

    def es_plural(self, nodo: Nodo) -> bool:
        """Whether a node may give more than one value."""
        match nodo["node_type"]:
            case "Reference":
                return self._es_rango(nodo["reference"])
            case "Array":
                return True
            case "UnaryOp" if nodo["operator"] in "@#":
                return bool(nodo["operator"] == "#")
            case "BinaryOp" if nodo["operator"] == ":":
                return True
            case "Function":
                return self._da_varios(nodo)
            case _:
                return any(map(self.es_plural, hijos(nodo)))

    def _da_varios(self, nodo: Nodo) -> bool:  # noqa: PLR0911  one for each kind of function
        nombre, argumentos = nodo["name"].upper(), nodo["args"]
        if nombre in FUNCIONES:
            match FUNCIONES[nombre].resultado:
                case Resultado.RESUMEN:
                    return False
                case Resultado.ELEMENTO:
                    return any(map(self.es_plural, argumentos))
                case _:
                    return True
        if nombre == "INDEX":
            sueltos = argumentos[1:]
            return not sueltos or any(a.get("value") == 0 for a in sueltos)
        if nombre == "CHOOSE":
            return any(map(self.es_plural, argumentos[1:]))
        if nombre.removeprefix(PREFIJO_DE_REGLA) in DE_RANGOS:
            return False
        if nombre in ("ROW", "COLUMN") or nombre in CELDA_A_CELDA or nombre.startswith("ZEDXL_"):
            return any(map(self.es_plural, argumentos))
        return False

    def _es_rango(self, escrita: str) -> bool:
        hoja, resto = separar_hoja(escrita)
        if _LUGAR.fullmatch(resto):
            return ":" in resto
        definicion = self._entorno.definicion(resto, hoja or self._lugar.hoja)
        return definicion is not None and ":" in definicion

    def _referencia(self, nodo: Nodo) -> Nodo:
        escrita = str(nodo["reference"])
        hoja, resto = separar_hoja(escrita)
        if hoja is not None and hoja != "[0]" and "[" in hoja:
            raise NoEvaluable("toma datos de otro libro")
        if hoja is not None and ":" in hoja:
            raise NoEvaluable(f"suma a través de varias hojas ({escrita})")
        if "[" in resto:
            lugar = resolver(resto, self._entorno.tablas, self._lugar.hoja, self._lugar.fila)
            if lugar is None:
                raise NoEvaluable(f"no se encuentra la columna de tabla {resto}")
            return referencia(lugar)
        if _LUGAR.fullmatch(resto):
            return nodo
        return self._nombre(nodo, resto, None if hoja in (None, "[0]") else hoja)

    def _nombre(self, nodo: Nodo, nombre: str, hoja: str | None) -> Nodo:
        definicion = self._entorno.definicion(nombre, hoja or self._lugar.hoja)
        if definicion is None and nombre.casefold() in self._entorno.tablas:
            raise NoEvaluable(f"nombra la tabla {nombre} sin decir cuál de sus partes")
        if definicion is None:
            return nodo
        if es_lugar_fijo(definicion):
            return referencia(definicion)
        self._nombres += 1
        arbol = analizar(definicion)
        if arbol is None or self._nombres > _MAX_NOMBRES or _CELDA.search(definicion.replace("$", "\0")):
            raise NoEvaluable(f"usa el nombre «{nombre}», cuya definición no se puede calcular")
        return self.nodo(arbol, self._lugar.matricial)

    def _operacion(self, nodo: Nodo, por_celda: bool) -> Nodo:
        signo = nodo["operator"]
        if signo in (" ", ",", ":"):
            raise NoEvaluable("une o cruza rangos")
        izquierda, derecha = self.nodo(nodo["left"], por_celda), self.nodo(nodo["right"], por_celda)
        self._exigir_por_celda(izquierda, por_celda)
        self._exigir_por_celda(derecha, por_celda)
        if signo in _OPERACIONES:
            al_final = "_AL_FINAL" if signo in "+-" and nodo is self._final else ""
            return llamada(f"{_OPERACIONES[signo]}{al_final}", self._aqui, izquierda, derecha)
        izquierda, derecha = self._asegurar(NUMERO, izquierda), self._asegurar(NUMERO, derecha)
        if izquierda is nodo["left"] and derecha is nodo["right"]:
            return nodo
        return {**nodo, "left": izquierda, "right": derecha}

    def _asegurar(self, clase: str, nodo: Nodo) -> Nodo:
        """An argument behind the rule that makes sure of it; itself where nothing has to be made sure of."""
        if clase == CONDICION:
            clase = EN_CONJUNTO if nodo["node_type"] == "Reference" or self.es_plural(nodo) else LOGICO
        if clase not in _SEGUROS or (clase == NUMERO and (da_numero(nodo) or da_logico(nodo))):
            return nodo
        if clase == LOGICO and (da_logico(nodo) or da_numero(nodo)):
            return nodo
        return llamada(_SEGUROS[clase], self._aqui, nodo)

    def _exigir_por_celda(self, operando: Nodo, por_celda: bool) -> None:
        if not por_celda and self.es_plural(operando):
            raise NoEvaluable("calcula un rango celda por celda sin ser fórmula matricial")

    def _funcion(self, nodo: Nodo, por_celda: bool) -> Nodo:
        escrito = str(nodo["name"])
        nombre = _PREFIJO.sub("", escrito).upper()
        if nombre in FUNCIONES:
            return self._nuestra(nodo, nombre, por_celda)
        if _PREFIJO.match(escrito) and "!" in escrito:
            raise NoEvaluable(f"usa la función {escrito}, que está en otro libro")
        if nombre in ("SINGLE", "ANCHORARRAY") and len(nodo["args"]) == 1:
            operando = self.nodo(nodo["args"][0], por_celda)
            return {"node_type": "UnaryOp", "operator": "@" if nombre == "SINGLE" else "#", "operand": operando}
        argumentos = [self.nodo(a, por_celda or nombre in SOBRE_CADA_ELEMENTO) for a in nodo["args"]]
        clases = clases_de_argumentos(nombre, argumentos)
        if clases is None:
            raise NoEvaluable(f"zedxl no calcula la función {nombre} fuera de Excel")
        if self._entorno.desde_1904 and nombre in DE_FECHAS:
            raise NoEvaluable("usa fechas en un libro que las cuenta desde 1904")
        seguros = [self._asegurar(clase, a) for clase, a in zip(clases, argumentos, strict=True)]
        if self._va_por_celda(nombre, clases, argumentos, por_celda):
            return llamada(POR_CELDA, texto(nombre), *seguros)
        if nombre in REGLAS or nombre in DE_RANGOS:
            return llamada(f"{PREFIJO_DE_REGLA}{nombre}", self._aqui, *seguros)
        return _con_argumentos(nodo if escrito.upper() == nombre else {**nodo, "name": nombre}, seguros)

    def _va_por_celda(self, nombre: str, clases: list[str], argumentos: list[Nodo], por_celda: bool) -> bool:
        """Whether a native function of single values is given a range; `NoEvaluable` when that cannot be helped."""
        pares = zip(clases, argumentos, strict=True)
        if not any(clase not in _ENTEROS and self.es_plural(a) for clase, a in pares):
            return False
        if not por_celda:
            raise NoEvaluable(f"aplica {nombre} a un rango sin ser fórmula matricial")
        if nombre in DE_UN_VALOR:
            return True
        if nombre in CELDA_A_CELDA:
            return False
        raise NoEvaluable(f"aplica {nombre} a un rango celda por celda")

    def _nuestra(self, nodo: Nodo, nombre: str, por_celda: bool) -> Nodo:
        definida = FUNCIONES[nombre].argumentos
        dados, obligatorios = len(nodo["args"]), sum(not a.opcional for a in definida)
        if not obligatorios <= dados <= len(definida):
            raise NoEvaluable(f"da {dados} argumentos a {FUNCIONES[nombre].escritura}")
        # the engine hands over 0 for an argument left out
        argumentos = [texto("") if a["node_type"] == "Omitted" else self.nodo(a, por_celda) for a in nodo["args"]]
        return _con_argumentos({**nodo, "name": nombre} if nodo["name"] != nombre else nodo, argumentos)


_UNO: Nodo = {"node_type": "Literal", "value": 1.0}


def _da_matriz(nodo: Nodo) -> bool:
    """Whether a node is a function whose values are its own, and not those of cells that it points to."""
    return nodo["node_type"] == "Function" and nodo["name"].upper() in FUNCIONES


_OPERACIONES: Mapping[str, str] = {
    "=": "ZEDXL_IGUAL", "<>": "ZEDXL_DISTINTO", "<": "ZEDXL_MENOR", "<=": "ZEDXL_HASTA", ">": "ZEDXL_MAYOR",
    ">=": "ZEDXL_DESDE", "&": "ZEDXL_UNIR", "+": "ZEDXL_SUMAR", "-": "ZEDXL_RESTAR", "^": "ZEDXL_POTENCIA",
}  # fmt: skip
_SEGUROS: Mapping[str, str] = {
    NUMERO: "ZEDXL_NUMERO", FECHA: "ZEDXL_FECHA", LOGICO: "ZEDXL_LOGICO", TEXTO: "ZEDXL_TEXTO",
    BUSCADO: "ZEDXL_BUSCADO", CRITERIO: "ZEDXL_CRITERIO",
}  # fmt: skip
_ENTEROS = (RANGO, EN_CONJUNTO, CONDICION)


def clave_de_celda(hoja: str, fila: int, columna: int) -> str:
    """How the rules of the engine name the cell of their formula."""
    return f"{fila},{columna},{hoja}"


def _con_argumentos(nodo: Nodo, argumentos: list[Nodo]) -> Nodo:
    if all(nuevo is viejo for nuevo, viejo in zip(argumentos, nodo["args"], strict=True)):
        return nodo
    return {**nodo, "args": argumentos}
