"""The named styles that the report uses, and where they are looked up: the template.

Whoever restyles ``plantilla_informe.docx`` in Word changes the styles and keeps their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from zedxl.errores import ErrorExplicado
from zedxl.informe.wordml import VALOR, Elemento, W
from zedxl.vocabulario import Semaforo

if TYPE_CHECKING:
    from collections.abc import Iterator


class Estilo(StrEnum):
    """A style by the name that Word stores, the same in every language of Word."""

    NORMAL = "Normal"
    TITULO = "Title"
    SUBTITULO = "Subtitle"
    TITULO_1 = "heading 1"
    TITULO_2 = "heading 2"
    TITULO_3 = "heading 3"
    TITULO_4 = "heading 4"
    TITULO_CONTENIDO = "TOC Heading"
    CONTENIDO_1 = "toc 1"
    CONTENIDO_2 = "toc 2"
    CUERPO = "Body Text"
    VINETA = "List Bullet"
    NUMERADA = "List Number"
    LEYENDA = "caption"
    ENCABEZADO = "header"
    PIE = "footer"
    CARATULA = "Informe carátula"
    ENTIDAD = "Informe entidad"
    MISION = "Informe misión"
    CIFRA = "Informe cifra"
    ROTULO = "Informe rótulo de cifra"
    GRAFICO = "Informe gráfico"
    CABECERA = "Informe cabecera de tabla"
    CELDA = "Informe celda"
    CELDA_CENTRADA = "Informe celda centrada"
    CELDA_NUMERO = "Informe celda número"
    NOTA = "Informe nota"
    DESTACADO = "Informe destacado"
    FALTA = "Informe falta texto"
    VERDE = "Informe verde"
    AMBAR = "Informe ámbar"
    ROJO = "Informe rojo"
    GRIS = "Informe gris"
    TABLA = "Informe tabla"
    TABLA_DE_CIFRAS = "Informe tabla de cifras"


ESTILO_DE_COLOR = {
    Semaforo.VERDE: Estilo.VERDE,
    Semaforo.AMBAR: Estilo.AMBAR,
    Semaforo.ROJO: Estilo.ROJO,
    Semaforo.ND: Estilo.GRIS,
}
"""The character style of each colour of the semáforo."""


class PlantillaInvalida(ErrorExplicado):
    """A template that the report cannot be written on; its text is Spanish and says what to do."""


def identificadores(estilos: Elemento) -> dict[str, str]:
    """The id of each style of a ``w:styles`` element by its name; `PlantillaInvalida` names those of ours it lacks."""
    hallados = {
        nombre.get(VALOR, ""): estilo.get(f"{W}styleId", "")
        for estilo in estilos.iterfind(f"{W}style")
        for nombre in estilo.iterfind(f"{W}name")
    }
    faltan = [estilo.value for estilo in Estilo if estilo.value not in hallados]
    if faltan:
        raise PlantillaInvalida(
            f"A la plantilla del informe le faltan estilos: {', '.join(faltan)}. "
            "Créelos en Word con esos nombres o parta de la plantilla original."
        )
    return hallados


def aplicar(raiz: Elemento, ids: Mapping[str, str]) -> None:
    """Replace the style names under ``raiz`` by the ids that the template gives them."""
    for referencia in _referencias(raiz):
        referencia.set(VALOR, ids[referencia.get(VALOR, "")])


def _referencias(raiz: Elemento) -> Iterator[Elemento]:
    return raiz.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
