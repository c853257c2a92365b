"""The report as a Word document: the template filled with the chapters."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo
from zedxl.informe import capitulos, estilos, paginas, titulos
from zedxl.informe.contenido import contenido, numerar
from zedxl.informe.cuerpo import Cuerpo
from zedxl.informe.estilos import Estilo, PlantillaInvalida
from zedxl.informe.idioma import fin
from zedxl.informe.listas import Listas
from zedxl.informe.paquete_docx import en_bytes
from zedxl.informe.wordml import Elemento, W, Xml, dato, hijo, leer, nodo, parrafo, trozo
from zedxl.texto import limpio

if TYPE_CHECKING:
    from docx.document import Document

PLANTILLA = Path(__file__).with_name("plantilla_informe.docx")
"""The template that comes with zedxl; a file of the same name beside a book goes before it."""

_MAXIMO_DE_PLANTILLA = 50 * 2**20  # bytes, unpacked
_MARGEN_APAISADO = "1134"  # 2 cm
_MAXIMO_DE_PROPIEDAD = 255  # of python-docx, and of Word


def componer(
    evaluacion: Evaluacion,
    *,
    numeros_de_pagina: Sequence[int] | None = None,
    plantilla: Path | None = None,
    hallazgos: Sequence[Hallazgo] | None = None,
) -> bytes:
    """The report as a .docx; the same evaluation and template give the same bytes.

    ``numeros_de_pagina`` has the page of every heading, in order, for the table of contents; without it they are
    estimated. ``hallazgos`` are listed in an annex of their own; None for a report without it. Raises
    `PlantillaInvalida` for a template without our styles.
    """
    documento = _abrir(plantilla or PLANTILLA)
    _redactar(documento, evaluacion, numeros_de_pagina, hallazgos)
    _rotular(documento, evaluacion)
    return en_bytes(documento)


def _abrir(plantilla: Path) -> Document:
    import docx

    try:
        _exigir_tamano_razonable(plantilla)
        documento = docx.Document(str(plantilla))
        _ = documento.sections[0], documento.styles.element
    except PermissionError as error:
        raise PlantillaInvalida(
            f"No hay permiso para leer la plantilla «{plantilla.name}». Pida acceso o retírela de esa carpeta."
        ) from error
    except Exception as error:  # what python-docx raises for a damaged package has no common base
        raise PlantillaInvalida(
            f"La plantilla «{plantilla.name}» no es un documento de Word (.docx) que se pueda leer. "
            "Guárdela de nuevo en Word o retírela para usar la plantilla original."
        ) from error
    return documento


def _exigir_tamano_razonable(plantilla: Path) -> None:
    with zipfile.ZipFile(plantilla) as paquete:
        if sum(parte.file_size for parte in paquete.infolist()) > _MAXIMO_DE_PLANTILLA:
            raise ValueError("template too large")


def _redactar(
    documento: Document,
    evaluacion: Evaluacion,
    numeros_de_pagina: Sequence[int] | None,
    hallazgos: Sequence[Hallazgo] | None,
) -> None:
    """Fill the body: cover and contents, the upright chapters, the annexes on their side."""
    hoja_de_estilos: Elemento = documento.styles.element
    ids = estilos.identificadores(hoja_de_estilos)
    listas = Listas(_numeracion(documento), hoja_de_estilos, ids[Estilo.NUMERADA])
    cuerpo = Cuerpo(evaluacion, documento.part, listas)
    capitulos.caratula(cuerpo)
    despues_de_caratula = len(cuerpo.elementos)
    leyenda_matriz = _capitulos(cuerpo)
    erguidos = len(cuerpo.elementos)
    capitulos.anexos(cuerpo, leyenda_matriz)
    if hallazgos is not None:
        capitulos.hallazgos(cuerpo, hallazgos)
    indice = [_titulo_del_contenido(), *contenido(cuerpo.titulos)]
    cuerpo.elementos[despues_de_caratula:despues_de_caratula] = indice
    elementos = leer(cuerpo.elementos)
    seccion = _seccion(documento)
    _cerrar_seccion(elementos[erguidos + len(indice) - 1], copy.deepcopy(seccion))
    _apaisar(seccion)
    raiz: Elemento = documento.element.body
    raiz[:] = [*elementos, seccion]
    entradas = elementos[despues_de_caratula + 1 : despues_de_caratula + len(indice)]
    numerar(entradas, cuerpo.titulos, numeros_de_pagina or paginas.estimar(raiz, hoja_de_estilos))
    estilos.aplicar(raiz, ids)


def _seccion(documento: Document) -> Elemento:
    """The page of the template, size and margins included."""
    seccion: Elemento = documento.element.body[-1]
    if seccion.find(f"{W}pgSz") is None or seccion.find(f"{W}pgMar") is None:
        raise PlantillaInvalida(
            "La plantilla del informe no dice el tamaño de su página. Parta de la plantilla original."
        )
    return seccion


def _capitulos(cuerpo: Cuerpo) -> str:
    """The upright chapters; returns the label of the matrix's caption."""
    capitulos.resumen_ejecutivo(cuerpo)
    capitulos.cumplimiento_de_oei(cuerpo)
    capitulos.orientaciones(cuerpo)
    leyenda_matriz = capitulos.cumplimiento_de_aei(cuerpo)
    capitulos.medidas(cuerpo)
    capitulos.prioridades(cuerpo)
    capitulos.analisis_de_resultados(cuerpo)
    capitulos.implementacion(cuerpo)
    return leyenda_matriz


def _titulo_del_contenido() -> Xml:
    return parrafo(Estilo.TITULO_CONTENIDO, titulos.CONTENIDO, propiedad=nodo("pageBreakBefore"))


def _cerrar_seccion(ultimo: Elemento, seccion: Elemento) -> None:
    """End the upright pages with the last paragraph, so that no empty page can follow it."""
    ultimo[0].append(seccion)


def _apaisar(seccion: Elemento) -> None:
    """Turn the pages of a section on their side."""
    hoja, margenes = hijo(seccion, "pgSz"), hijo(seccion, "pgMar")
    ancho, alto = dato(hoja, "w"), dato(hoja, "h")
    hoja.attrib.update({f"{W}w": alto, f"{W}h": ancho, f"{W}orient": "landscape"})
    margenes.attrib.update({f"{W}left": _MARGEN_APAISADO, f"{W}right": _MARGEN_APAISADO})
    for primera in seccion.findall(f"{W}titlePg"):
        seccion.remove(primera)


def _numeracion(documento: Document) -> Elemento:
    try:
        numeracion: Elemento = documento.part.numbering_part.element
    except NotImplementedError as error:
        raise PlantillaInvalida(
            "La plantilla del informe no tiene listas numeradas. Parta de la plantilla original."
        ) from error
    return numeracion


def _rotular(documento: Document, evaluacion: Evaluacion) -> None:
    """Document properties, and the running header where the template leaves it empty."""
    entidad, titulo = evaluacion.plan.entidad, titulos.informe(evaluacion.periodo)
    propiedades = documento.core_properties
    propiedades.title = limpio(titulo)
    propiedades.subject = limpio(titulos.plan(entidad))[:_MAXIMO_DE_PROPIEDAD]
    propiedades.author = propiedades.last_modified_by = limpio(entidad.nombre_corto)[:_MAXIMO_DE_PROPIEDAD]
    propiedades.language = "es-PE"
    propiedades.created = propiedades.modified = datetime.combine(fin(evaluacion.periodo), time())
    encabezado = documento.sections[0].header.paragraphs[0]
    if not encabezado.text:
        encabezado._p.extend(leer([trozo(f"{entidad.nombre_corto} · {titulo}")]))
