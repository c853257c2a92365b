"""The institution's own titles: rows «Sinónimo: <título en su libro>» of sheet Parámetros, each with what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zedxl.libro.columnas import Columna, Encabezado, reconocer
from zedxl.libro.hojas import PARAMETROS, PREFIJO_DE_SINONIMO, TITULOS_PARAMETROS
from zedxl.libro.listado import buscar_listado
from zedxl.texto import como_texto, plano

if TYPE_CHECKING:
    from zedxl.libro.celdas import Lectura
    from zedxl.libro.hoja import Hoja

_CODIGO = Encabezado(Columna.CODIGO)
_LARGO_DE_UN_TITULO = 200
_NOMBRES = {plano(columna.value) for columna in Columna}


@dataclass(frozen=True, slots=True)
class Sinonimos:
    """How titles are understood: zedxl's own vocabulary and these phrases, in plain words, each with another."""

    frases: Mapping[str, str] = field(default_factory=dict)

    @property
    def iniciales_de_codigo(self) -> str:
        """With what a title for codes may begin; most cells of a book are told apart by that."""
        propias = "".join(frase[0] + frase[0].upper() for frase in self.frases)
        return "cC \n" + propias

    def reconocer(self, titulo: Any) -> Encabezado | None:
        """What a cell of a title row means; a year typed as a number is a target too."""
        escrito = como_texto(titulo)
        if not escrito or len(escrito) >= _LARGO_DE_UN_TITULO:
            return None
        return reconocer(self._traducido(escrito)) if self.frases else reconocer(escrito)

    def es_de_codigo(self, titulo: Any) -> bool:
        """Whether it is the title of the codes."""
        return self.reconocer(titulo) == _CODIGO

    def _traducido(self, titulo: str) -> str:
        """The title with its longest phrase put in zedxl's words."""
        escrito = f" {plano(titulo)} "
        for frase in sorted(self.frases, key=len, reverse=True):
            if f" {frase} " in escrito:
                return escrito.replace(f" {frase} ", f" {self.frases[frase]} ", 1).strip()
        return titulo


def leer_sinonimos(hojas: Sequence[Hoja], lectura: Lectura) -> Sinonimos:
    """Those of sheet Parámetros; one that names no column of zedxl is an error in its cell."""
    listado = buscar_listado(hojas, PARAMETROS, TITULOS_PARAMETROS[:2])
    frases = {}
    for numero, (parametro, valor) in listado.filas() if listado else ():
        nombre, _, titulo = como_texto(parametro).partition(":")
        if listado is None or plano(nombre) != plano(PREFIJO_DE_SINONIMO) or not plano(titulo):
            continue
        significado = plano(como_texto(valor))
        if significado in _NOMBRES or reconocer(significado) is not None:
            frases[plano(titulo)] = significado
        else:
            lectura.error(
                listado.celda(numero, 1), "parametro", "",
                f"«{como_texto(valor)}» no es una columna de la tabla de seguimiento.",
                "Escriba una como Código, Indicador, Meta 2025, Meta o Valor.",
            )  # fmt: skip
    return Sinonimos(frases)
