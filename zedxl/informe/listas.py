"""Numbered lists of Word that start again at 1."""

from __future__ import annotations

from zedxl.informe.estilos import PlantillaInvalida
from zedxl.informe.wordml import VALOR, Elemento, W, leer, nodo


class Listas:
    """The lists of a document: its ``w:numbering`` element and the one that the style of numbered lists belongs to."""

    def __init__(self, numeracion: Elemento, estilos: Elemento, id_estilo: str) -> None:
        self._numeracion = numeracion
        self._formato = _formato_de(numeracion, estilos, id_estilo)
        self._ultima = max((int(n.get(f"{W}numId", 0)) for n in numeracion.iterfind(f"{W}num")), default=0)

    def nueva(self) -> int:
        """The number of one more list, starting at 1 in the format of the style."""
        self._ultima += 1
        reinicio = nodo("lvlOverride", nodo("startOverride", val=1), ilvl=0)
        lista = nodo("num", nodo("abstractNumId", val=self._formato), reinicio, numId=self._ultima)
        self._numeracion.findall(f"{W}num")[-1].addnext(*leer([lista]))
        return self._ultima


def _formato_de(numeracion: Elemento, estilos: Elemento, id_estilo: str) -> str:
    referencia = estilos.find(f"{W}style[@{W}styleId='{id_estilo}']/{W}pPr/{W}numPr/{W}numId")
    if referencia is not None:
        formato = numeracion.find(f"{W}num[@{W}numId='{referencia.get(VALOR)}']/{W}abstractNumId")
        if formato is not None:
            return formato.get(VALOR, "")
    raise PlantillaInvalida(
        "En la plantilla del informe el estilo de lista numerada no tiene numeración. "
        "Asígnele una en Word o parta de la plantilla original."
    )
