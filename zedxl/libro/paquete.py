"""A workbook file as a safe package: what is refused before anything heavy reads it.

An .xlsx is a zip of XML parts. A damaged or hostile one can claim gigabytes, repeat its parts or define entities;
here all of that ends in `LibroIlegible`, whose text says in Spanish what happened and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Container
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISDIR
from typing import NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from zedxl.errores import ErrorExplicado, motivo_del_sistema, no_cabe_en_windows

MAX_BYTES_ARCHIVO = 200 * 2**20
MAX_BYTES_DECLARADOS = 300 * 2**20
MAX_COMPRESION = 150
"""How many times larger than its file a big book may be; sheets of numbers reach 10 to 40."""
MAX_PARTES = 5_000

_BYTES_A_MANO = 32 * 2**20
"""How much of its parts a package keeps at hand once they were read; several readers ask for the same ones."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CODIGOS = ("utf-8", "utf-16-le", "utf-16-be")
_DTD = tuple(marca.encode(c) for marca in ("<!DOCTYPE", "<!ENTITY") for c in _CODIGOS)
_COMO_EMPIEZAN = tuple("<!".encode(c) for c in _CODIGOS)
_PREDEFINIDOS_PORCENTAJE = frozenset({"9", "10"})
_QUIZA_PORCENTAJE = re.compile(rb"""[%&]|numFmtId\s*=\s*["'](?:9|10)["']|encoding\s*=\s*["'](?!(?:utf|UTF)-8["'])""")
"""Without any of these no style shows a percentage; ``&`` and other encodings may write one in other letters."""
_SIN_DATOS = ("[Content_Types]", "_rels/", "docProps/", "xl/theme/")
"""Parts that every book has and that the fast reader does not look at."""
_LITERALES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class LibroIlegible(ErrorExplicado):
    """A book that cannot be read; its text says what happened, where and what to do."""


class Paquete:
    """The parts of a workbook file, read once into memory so that the file is never touched again.

    With ``contenido`` it is the package that is going to be that file, and nothing is read.
    """

    def __init__(self, ruta: Path, contenido: bytes | None = None) -> None:
        self.ruta = ruta
        self._leidas: dict[str, bytes] = {}
        self._hojas: dict[str, str] | None = None
        self.contenido = _leer_archivo(ruta) if contenido is None else contenido
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(self.contenido))
            _exigir_tamano_razonable(self._zip, ruta)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            danado(ruta, error)
        _exigir_libro(self._zip.namelist(), ruta)

    def parte(self, nombre: str) -> bytes:
        """The bytes of a part; "" when there is none of that name."""
        if nombre not in self._leidas:
            datos = self._descomprimir(nombre)
            if sum(map(len, self._leidas.values())) + len(datos) > _BYTES_A_MANO:
                return datos
            self._leidas[nombre] = datos
        return self._leidas[nombre]

    def _descomprimir(self, nombre: str) -> bytes:
        try:
            datos = self._zip.read(nombre)
        except KeyError:
            return b""
        except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError) as error:
            danado(self.ruta, error)
        except Exception as error:
            # zlib.error has no public base class
            danado(self.ruta, error)
        # most parts have no «!» at all, and that is found out at once
        if b"!" in datos and any(inicio in datos for inicio in _COMO_EMPIEZAN) and any(m in datos for m in _DTD):
            raise LibroIlegible(
                f"{self.ruta.name} define entidades XML, algo que un libro de Excel nunca hace; por seguridad no se "
                "lee. Pida el libro de nuevo a quien se lo envió."
            )
        return datos

    def hojas(self) -> dict[str, str]:
        """The part name of each worksheet, by the name of the sheet, in the order of the book."""
        if self._hojas is None:
            self._hojas = self._buscar_hojas()
        return dict(self._hojas)

    def _buscar_hojas(self) -> dict[str, str]:
        destinos = {
            r.get("Id", ""): r.get("Target", "")
            for r in self._arbol("xl/_rels/workbook.xml.rels")
            if r.get("Type", "").endswith("/worksheet")
        }
        hojas: dict[str, str] = {}
        for hoja in self._arbol("xl/workbook.xml").iter():
            if not hoja.tag.endswith("}sheet"):
                continue
            relacion = next((valor for nombre, valor in hoja.items() if nombre.endswith("}id")), "")
            destino = destinos.get(relacion)
            if destino:
                nombre = destino.lstrip("/") if destino.startswith("/") else f"xl/{destino}"
                if nombre in hojas.values():
                    danado(self.ruta, ValueError("two sheets are one part"))  # who changes one would change the other
                hojas[hoja.get("name", "")] = nombre
        return hojas

    def estilos_porcentaje(self) -> frozenset[str]:
        """The style numbers (attribute ``s`` of a cell) that show a number as a percentage."""
        if not _QUIZA_PORCENTAJE.search(self.parte("xl/styles.xml")):
            return frozenset()  # as in many books, and that is found out at once
        raiz = self._arbol("xl/styles.xml")
        propios = {
            formato.get("numFmtId", "")
            for formato in raiz.iter()
            if formato.tag.endswith("}numFmt") and es_de_porcentaje(formato.get("formatCode", ""))
        }
        xfs = next((e for e in raiz if e.tag.endswith("}cellXfs")), ())
        return frozenset(str(n) for n, xf in enumerate(xfs) if xf.get("numFmtId") in propios | _PREDEFINIDOS_PORCENTAJE)

    @property
    def tiene_imagenes(self) -> bool:
        """Whether a picture is stored in it."""
        return any(nombre.startswith("xl/media/") for nombre in self._zip.namelist())

    def guardado(self) -> tuple[str, datetime | None]:
        """Who saved the file last ("" when it does not say, whoever made it), and when, with its zone."""
        propiedades = {e.tag.rpartition("}")[2]: e.text or "" for e in self._arbol("docProps/core.xml")}
        quien = propiedades.get("lastModifiedBy", "")
        try:
            cuando = datetime.fromisoformat(propiedades.get("modified", ""))
        except ValueError:
            return quien, None
        return quien, cuando if cuando.tzinfo else cuando.replace(tzinfo=UTC)

    def revisar(self, ya_leidas: Container[str]) -> None:
        """Read every part that the fast reader will read, so that a lie about its size or an entity shows here."""
        for nombre in self._zip.namelist():
            if nombre.endswith((".xml", ".rels")) and nombre not in ya_leidas and not nombre.startswith(_SIN_DATOS):
                exigir_letras_de_ocho_bits(self.parte(nombre), self.ruta)

    def exigir_hojas_sanas(self) -> None:
        """Raise `LibroIlegible` unless every worksheet is whole, well-formed XML."""
        for parte in self.hojas().values():
            try:
                expat.ParserCreate().Parse(self.parte(parte), True)
            except (expat.ExpatError, ValueError) as error:
                danado(self.ruta, error)

    def _arbol(self, nombre: str) -> ET.Element:
        try:
            return ET.fromstring(self.parte(nombre) or b"<vacio/>")
        except (ET.ParseError, expat.ExpatError, ValueError, LookupError) as error:
            danado(self.ruta, error)


def es_de_porcentaje(formato: str) -> bool:
    """Whether a number format shows a number as a percentage.

    >>> es_de_porcentaje("0.0%"), es_de_porcentaje('0" % del año"'), es_de_porcentaje("General")
    (True, False, False)
    """
    return "%" in _LITERALES.sub("", formato)


def _leer_archivo(ruta: Path) -> bytes:
    try:
        visto = ruta.stat()
        if S_ISDIR(visto.st_mode):
            raise LibroIlegible(
                f"{ruta} es una carpeta. Indique el archivo del libro, por ejemplo {ruta / 'libro.xlsx'}."
            )
        tamano = visto.st_size
        if tamano == 0:
            raise LibroIlegible(f"{ruta.name} está vacío (0 bytes). Busque una copia anterior del libro.")
        if tamano > MAX_BYTES_ARCHIVO:
            raise LibroIlegible(
                f"{ruta.name} pesa {tamano / 2**20:,.0f} MB, más de lo que un libro de seguimiento puede pesar "
                f"({MAX_BYTES_ARCHIVO // 2**20} MB). Compruebe que sea el archivo correcto."
            )
        datos = ruta.read_bytes()
    except FileNotFoundError as error:
        if no_cabe_en_windows(ruta):
            remedio = "Llévelo a una carpeta más cercana al disco, o póngale un nombre más corto."
            raise LibroIlegible(f"No se puede leer {ruta}: {motivo_del_sistema(error)}. {remedio}") from None
        raise LibroIlegible(f"No existe el archivo {ruta}. Revise el nombre y la carpeta.") from None
    except PermissionError:
        raise LibroIlegible(
            f"No se puede leer {ruta}: el sistema no da permiso. Si está abierto en otro programa, ciérrelo."
        ) from None
    except (OSError, ValueError) as error:
        raise LibroIlegible(f"No se puede leer {ruta}: {_motivo(error)}.") from None
    _exigir_zip(datos, ruta)
    return datos


def _motivo(error: Exception) -> str:
    return motivo_del_sistema(error) if isinstance(error, OSError) else "su nombre no es válido"


def _exigir_zip(datos: bytes, ruta: Path) -> None:
    if datos.startswith(_ZIP):
        return
    if not datos.startswith(_OLE):
        raise LibroIlegible(
            f"{ruta.name} no es un libro de Excel. Se esperaba un archivo .xlsx o .xlsm; en Excel, guárdelo así."
        )
    if "EncryptedPackage".encode("utf-16-le") in datos:
        raise LibroIlegible(
            f"{ruta.name} está protegido con contraseña de apertura. Ábralo en Excel, quite la contraseña "
            "(Archivo > Información > Proteger libro) y guárdelo."
        )
    raise LibroIlegible(f"{ruta.name} está en el formato antiguo .xls. Ábralo en Excel y guárdelo como .xlsx.")


def _exigir_tamano_razonable(paquete: zipfile.ZipFile, ruta: Path) -> None:
    partes = paquete.infolist()
    declarado = sum(parte.file_size for parte in partes)
    comprimido = sum(parte.compress_size for parte in partes)
    es_bomba = declarado > 50 * 2**20 and declarado > MAX_COMPRESION * comprimido
    if len(partes) > MAX_PARTES or declarado > MAX_BYTES_DECLARADOS or es_bomba:
        raise LibroIlegible(
            f"{ruta.name} dice contener {len(partes)} partes y {declarado / 2**20:,.0f} MB; no es un libro normal y "
            "por seguridad no se lee. Pida el libro de nuevo a quien se lo envió."
        )
    if any(parte.flag_bits & 1 for parte in partes):
        raise LibroIlegible(f"{ruta.name} está cifrado. Quite la contraseña y guárdelo de nuevo como .xlsx.")
    if len({parte.filename.casefold() for parte in partes}) < len(partes):
        raise LibroIlegible(f"{ruta.name} repite una de sus partes: está dañado. Busque una copia anterior del libro.")


def _exigir_libro(partes: list[str], ruta: Path) -> None:
    if "xl/workbook.xml" in partes:
        return
    if "xl/workbook.bin" in partes:
        motivo = "está en formato .xlsb. Ábralo en Excel y guárdelo como .xlsx."
    elif "word/document.xml" in partes:
        motivo = "es un documento de Word, no un libro. Indique el archivo .xlsx o .xlsm."
    elif "content.xml" in partes:
        motivo = "está en formato OpenDocument (.ods). Guárdelo como .xlsx desde LibreOffice."
    else:
        motivo = "no es un libro de Excel. Se esperaba un archivo .xlsx o .xlsm."
    raise LibroIlegible(f"{ruta.name} {motivo}")


def exigir_letras_de_ocho_bits(xml: bytes, ruta: Path) -> None:
    """Raise `LibroIlegible` for a part in UTF-16 or UTF-32, which the fast reader would take for an empty one."""
    if b"\0" in xml:
        raise LibroIlegible(
            f"{ruta.name} está escrito en una codificación que Excel no usa, y no se lee. Ábralo en Excel y guárdelo "
            "de nuevo."
        )


def danado(ruta: Path, error: Exception) -> NoReturn:
    """Raise the `LibroIlegible` for a file that is damaged."""
    raise LibroIlegible(
        f"{ruta.name} está dañado o incompleto. Ábralo en Excel para repararlo, o busque una copia anterior."
    ) from error
