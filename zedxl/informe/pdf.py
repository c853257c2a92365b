"""The report as a tagged PDF (PDF/UA), made by LibreOffice Writer or, on Windows without it, by Word."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zedxl.errores import ErrorExplicado
from zedxl.evaluacion import Evaluacion
from zedxl.hallazgo import Hallazgo
from zedxl.informe.documento import componer
from zedxl.informe.idioma import fin

if TYPE_CHECKING:
    import pikepdf

_SEGUNDOS = 180
_FILTRO = (
    'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_EN_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
_EN_OTROS = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/lib/libreoffice/program/soffice",
             "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice")  # fmt: skip
_FECHAS_XMP = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")


class SinPDF(ErrorExplicado):
    """There is no PDF; the text is Spanish and says why and what to do."""


class SinConversor(SinPDF):
    """Nothing that makes a PDF is installed."""

    def __init__(self) -> None:
        super().__init__(
            "No se escribió el PDF porque falta LibreOffice Writer o Word. Instale LibreOffice (en Debian o Ubuntu: "
            "«apt install libreoffice-writer-nogui fonts-crosextra-carlito»; en otros sistemas: libreoffice.org) "
            "y repita la orden. El informe en Word sí está escrito."
        )


class ConversionFallida(SinPDF):
    """The converter did not make a PDF."""


def con_paginas_verdaderas(
    evaluacion: Evaluacion, docx: bytes, plantilla: Path | None, hallazgos: Sequence[Hallazgo] | None = None
) -> tuple[bytes, bytes]:
    """The report and its PDF, with the true pages in the contents of both; ``docx`` has estimated ones.

    Raises `SinPDF`.
    """
    fecha = fin(evaluacion.periodo)
    pdf = convertir(docx, fecha)
    paginas = paginas_de_titulos(pdf)
    numerado = componer(evaluacion, numeros_de_pagina=paginas, plantilla=plantilla, hallazgos=hallazgos)
    return numerado, pdf if numerado == docx else convertir(numerado, fecha)


def convertir(docx: bytes, fecha: date) -> bytes:
    """A Word document as a tagged PDF dated ``fecha``; the same document gives the same bytes.

    Raises `SinConversor` or `ConversionFallida`.
    """
    with tempfile.TemporaryDirectory(prefix="zedxl-") as carpeta:
        origen, hecho = Path(carpeta, "informe.docx"), Path(carpeta, "informe.pdf")
        origen.write_bytes(docx)
        programa = buscar_libreoffice()
        if programa is not None:
            _con_libreoffice(programa, origen, hecho)
        elif sys.platform == "win32":
            _con_word(origen, hecho)
        else:
            raise SinConversor
        return _reproducible(hecho, fecha)


def buscar_libreoffice() -> Path | None:
    """LibreOffice in the PATH or where its installers put it."""
    for nombre in ("soffice", "libreoffice"):
        hallado = shutil.which(nombre)
        if hallado:
            return Path(hallado)
    return next((ruta for ruta in _lugares() if ruta.is_file()), None)


def paginas_de_titulos(pdf: bytes) -> Sequence[int]:
    """The page of every heading, in order, from the outline of a PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as documento:
        orden = [pagina.obj.objgen for pagina in documento.pages]
        with documento.open_outline() as esquema:
            return [orden.index(pagina.objgen) + 1 for pagina in _destinos(esquema.root)]


def _destinos(entradas: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.Object]:
    for entrada in entradas:
        yield entrada.destination[0]  # type: ignore[index]
        yield from _destinos(entrada.children)


def _lugares() -> Iterator[Path]:
    for variable in _EN_WINDOWS:
        if variable in os.environ:
            yield Path(os.environ[variable], "LibreOffice", "program", "soffice.com")
            yield Path(os.environ[variable], "Programs", "LibreOffice", "program", "soffice.com")
    yield from map(Path, _EN_OTROS)


def _con_libreoffice(programa: Path, docx: Path, hecho: Path) -> None:
    """Convert with a profile of its own, so that an open LibreOffice neither helps nor hinders."""
    perfil = (hecho.parent / "perfil").as_uri()
    orden = [str(programa), f"-env:UserInstallation={perfil}", "--headless", "--norestore", "--convert-to", _FILTRO]
    try:
        hijo = subprocess.run(
            [*orden, "--outdir", str(hecho.parent), str(docx)],
            capture_output=True, timeout=_SEGUNDOS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise ConversionFallida(
            f"LibreOffice no terminó el PDF en {_SEGUNDOS} segundos. Cierre otros programas y repita la orden; "
            "el informe en Word sí está escrito."
        ) from error
    if not hecho.is_file():
        detalle = hijo.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["sin detalle"]
        raise ConversionFallida(
            f"LibreOffice no pudo convertir el informe a PDF ({detalle[0]}). El informe en Word sí está "
            "escrito: ábralo en Word o LibreOffice y guárdelo como PDF."
        )


def _con_word(docx: Path, hecho: Path) -> None:
    """Convert with Word through COM; never tried on a real Word."""
    try:
        from win32com.client import DispatchEx  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise SinConversor from error
    try:
        word = DispatchEx("Word.Application")
    except Exception as error:  # pywintypes.com_error: Word is not installed
        raise SinConversor from error
    try:
        documento = word.Documents.Open(str(docx), ReadOnly=True)
        documento.ExportAsFixedFormat(
            str(hecho), 17, CreateBookmarks=1, DocStructureTags=True, IncludeDocProps=True
        )  # 17: PDF; 1: bookmarks from headings
        documento.Close(SaveChanges=0)
    finally:
        word.Quit()


def _reproducible(pdf: Path, fecha: date) -> bytes:
    """The PDF with the document's date in place of the time of conversion, and an id that depends on its content."""
    import pikepdf

    salida = io.BytesIO()
    with pikepdf.open(pdf) as documento:
        documento.docinfo["/CreationDate"] = f"D:{fecha:%Y%m%d}000000Z"
        if "/ModDate" in documento.docinfo:
            del documento.docinfo["/ModDate"]
        for clave in ("/DocChecksum", "/ID"):
            if clave in documento.trailer:
                del documento.trailer[clave]
        with documento.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadatos:
            for clave in _FECHAS_XMP:
                if clave in metadatos:
                    metadatos[clave] = f"{fecha:%Y-%m-%d}T00:00:00+00:00"
        documento.save(salida, deterministic_id=True)
    return salida.getvalue()
