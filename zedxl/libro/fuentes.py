"""The text sources of a shipped book: a folder of CSV and TOML files that a person can read and compare.

========================  ==========================================================================================
``plan.csv``              one row per OEI, AEI or further indicator of them, with the titles of sheet Seguimiento
``valores.csv``           Código, Período, Valor; the code of an indicator, or of the OEI or AEI that has only one
``narrativa.toml``        ``[[texto]]`` with codigo, seccion, texto and, unless it serves always, periodo
``agentes.csv``           Código, Agentes involucrados, Servicios
``parametros.toml``       ``[entidad]`` and ``[reglas]``, keys named as the fields of `Entidad` and `Parametros`
========================  ==========================================================================================
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import tomllib

from zedxl.codigo import PLAN, normalizar, oei_de
from zedxl.libro.columnas import Columna, Encabezado, reconocer
from zedxl.libro.hojas import PARAMETROS_DE_ENTIDAD, PARAMETROS_DE_REGLAS, TITULOS_AGENTES, Parametro
from zedxl.medida import DatoInvalido
from zedxl.narrativa import Seccion, Texto
from zedxl.numero import leer_numero
from zedxl.parametros import Parametros
from zedxl.periodo import Periodo
from zedxl.plan import AEI, OEI, VACIO, Agentes, Dato, Entidad, Indicador, Plan
from zedxl.vocabulario import Agregacion, Frecuencia, Palabra, Prioridad, Relevancia, Sentido

P = TypeVar("P", bound=Palabra)
TITULOS_VALORES = ("Código", "Período", "Valor")


class FuenteInvalida(DatoInvalido):
    """A source that cannot be read; its text names the file, the line and what to correct."""


def leer(carpeta: Path) -> Plan:
    """The plan that a folder of sources describes; `FuenteInvalida` when one is missing or wrong."""
    filas = list(
        _filas(carpeta / "plan.csv", (Columna.CODIGO.value, Columna.DENOMINACION.value, Columna.INDICADOR.value))
    )
    valores = _valores(carpeta / "valores.csv")
    oeis = _oeis(filas, valores)
    for (codigo, periodo), (lugar, _) in valores.items():
        raise lugar.error(f"no hay un indicador {codigo} en plan.csv que espere un valor de {periodo}.")
    entidad, parametros = _parametros(carpeta / "parametros.toml")
    plan = Plan(
        entidad=entidad,
        oeis=oeis,
        parametros=parametros,
        textos=tuple(_textos(carpeta / "narrativa.toml")),
        agentes=tuple(_agentes(carpeta / "agentes.csv")),
    )
    return plan.con_anios(plan.anios)


@dataclass(frozen=True, slots=True)
class _Lugar:
    """Where in a source something stands; ``linea`` is the line, or the name of a TOML entry."""

    archivo: Path
    linea: str

    def error(self, que: object) -> FuenteInvalida:
        return FuenteInvalida(f"{self.archivo.name}, {self.linea}: {que}")


@dataclass(frozen=True, slots=True)
class _Fila:
    """A row of a CSV file: where it stands and its cells by title."""

    lugar: _Lugar
    celdas: Mapping[str, str]

    def texto(self, columna: Columna) -> str:
        return self.celdas.get(columna.value, "")

    def palabra(self, columna: Columna, clase: type[P]) -> P | None:
        escrito = self.texto(columna)
        return self._leer(columna.value, clase.leer, escrito) if escrito else None

    def numero(self, titulo: str) -> float | None:
        numero: float | None = self._leer(titulo, leer_numero, self.celdas.get(titulo, ""))
        return numero

    def dato(self, titulo: str) -> Dato:
        numero = self.numero(titulo)
        return VACIO if numero is None else Dato(numero)

    def codigo(self) -> str:
        codigo: str = self._leer("Código", normalizar, self.texto(Columna.CODIGO))
        return codigo

    def codigo_indicador(self) -> str:
        escrito = self.texto(Columna.CODIGO_INDICADOR)
        return self._leer("Código del indicador", normalizar, escrito) if escrito else ""

    def _leer(self, titulo: str, leer_: Any, escrito: str) -> Any:
        try:
            return leer_(escrito)
        except DatoInvalido as error:
            raise self.lugar.error(f"columna {titulo}: {error}") from error


_Valores = dict[tuple[str, Periodo], tuple[_Lugar, Dato]]


def _oeis(filas: list[_Fila], valores: _Valores) -> tuple[OEI, ...]:
    """Objectives in the order of the rows; further rows with the same code are further indicators."""
    grupos: dict[str, list[_Fila]] = defaultdict(list)
    for fila in filas:
        grupos[fila.codigo()].append(fila)
    aeis: dict[str, list[AEI]] = {codigo: [] for codigo in grupos if codigo.startswith("OEI")}
    for codigo, suyas in grupos.items():
        if codigo.startswith("OEI"):
            continue
        if not codigo.startswith("AEI") or oei_de(codigo) not in aeis:
            raise suyas[0].lugar.error(f"{codigo} no pertenece a ningún OEI de plan.csv.")
        aeis[oei_de(codigo)].append(_aei(codigo, suyas, valores))
    return tuple(
        OEI(
            codigo=codigo,
            denominacion=grupos[codigo][0].texto(Columna.DENOMINACION),
            indicadores=_indicadores(codigo, grupos[codigo], valores),
            aeis=tuple(suyas_aeis),
            prioridad=grupos[codigo][0].palabra(Columna.PRIORIDAD, Prioridad),
        )
        for codigo, suyas_aeis in aeis.items()
    )


def _aei(codigo: str, filas: list[_Fila], valores: _Valores) -> AEI:
    primera = filas[0]
    return AEI(
        codigo=codigo,
        denominacion=primera.texto(Columna.DENOMINACION),
        indicadores=_indicadores(codigo, filas, valores),
        prioridad=primera.palabra(Columna.PRIORIDAD, Prioridad),
        peso=primera.numero(Columna.PESO.value),
        responsable=primera.texto(Columna.RESPONSABLE),
    )


def _indicadores(codigo: str, filas: list[_Fila], valores: _Valores) -> tuple[Indicador, ...]:
    return tuple(_indicador(codigo if len(filas) == 1 else "", fila, valores) for fila in filas)


def _indicador(codigo: str, fila: _Fila, valores: _Valores) -> Indicador:
    """The indicator of a row; ``codigo`` is that of the OEI or AEI which has no other one, else ""."""
    nombres = {codigo, fila.codigo_indicador()} - {""}
    anio = fila.numero(Columna.LINEA_BASE_ANIO.value)
    tiempos = [t for titulo in fila.celdas if (t := reconocer(titulo)) is not None]
    return Indicador(
        nombre=fila.texto(Columna.INDICADOR),
        codigo=fila.codigo_indicador(),
        unidad=fila.texto(Columna.UNIDAD),
        sentido=fila.palabra(Columna.SENTIDO, Sentido) or Sentido.ASCENDENTE,
        agregacion=fila.palabra(Columna.AGREGACION, Agregacion) or Agregacion.NO_ACUMULADO,
        frecuencia=fila.palabra(Columna.FRECUENCIA, Frecuencia) or Frecuencia.SEMESTRAL,
        relevancia=fila.palabra(Columna.RELEVANCIA, Relevancia),
        peso=fila.numero(Columna.PESO_INDICADOR.value),
        linea_base=fila.dato(Columna.LINEA_BASE.value),
        linea_base_anio=None if anio is None else int(anio),
        minimo=fila.dato(Columna.MINIMO.value),
        maximo=fila.dato(Columna.MAXIMO.value),
        metas={t.anio: fila.dato(t.titulo) for t in tiempos if t.columna is Columna.META and t.anio},
        metas_semestre={
            t.periodo: fila.dato(t.titulo) for t in tiempos if t.columna is Columna.META_SEMESTRE and t.periodo
        },
        valores={clave[1]: valores.pop(clave)[1] for clave in list(valores) if clave[0] in nombres},
    )


def _valores(archivo: Path) -> _Valores:
    valores: _Valores = {}
    for fila in _filas(archivo, TITULOS_VALORES):
        codigo = fila.codigo()
        try:
            periodo = Periodo.leer(fila.celdas["Período"])
        except DatoInvalido as error:
            raise fila.lugar.error(error) from error
        if (codigo, periodo) in valores:
            raise fila.lugar.error(f"{codigo} ya tiene un valor en {periodo}.")
        valores[codigo, periodo] = (fila.lugar, fila.dato("Valor"))
    return valores


def _agentes(archivo: Path) -> Iterator[Agentes]:
    for fila in _filas(archivo, TITULOS_AGENTES):
        _, involucrados, servicios = (fila.celdas[titulo] for titulo in TITULOS_AGENTES)
        yield Agentes(fila.codigo(), involucrados, servicios)


def _textos(archivo: Path) -> Iterator[Texto]:
    for numero, entrada in enumerate(_toml(archivo).get("texto", []), 1):
        lugar = _Lugar(archivo, f"texto {numero}")
        try:
            codigo = entrada["codigo"]
            yield Texto(
                codigo=codigo if codigo == PLAN else normalizar(codigo),
                seccion=Seccion.leer(entrada["seccion"]),
                texto=entrada["texto"].strip(),
                periodo=Periodo.leer(entrada["periodo"]) if "periodo" in entrada else None,
            )
        except KeyError as error:
            raise lugar.error(f"falta {error}.") from error
        except DatoInvalido as error:
            raise lugar.error(error) from error


def _parametros(archivo: Path) -> tuple[Entidad, Parametros]:
    contenido = _toml(archivo)
    entidad = _campos(archivo, contenido, "entidad", PARAMETROS_DE_ENTIDAD)
    reglas = _campos(archivo, contenido, "reglas", PARAMETROS_DE_REGLAS)
    try:
        return Entidad(**entidad), Parametros(**reglas)
    except DatoInvalido as error:
        raise _Lugar(archivo, "reglas").error(error) from error


def _campos(
    archivo: Path, contenido: Mapping[str, Any], apartado: str, parametros: tuple[Parametro, ...]
) -> dict[str, Any]:
    conocidos = {p.campo: p for p in parametros}
    campos = {}
    for clave, escrito in contenido.get(apartado, {}).items():
        lugar = _Lugar(archivo, f"{apartado}.{clave}")
        if clave not in conocidos:
            raise lugar.error(f"no se conoce; use {', '.join(conocidos)}.")
        try:
            campos[clave] = conocidos[clave].leer(escrito)
        except DatoInvalido as error:
            raise lugar.error(error) from error
    return campos


def _toml(archivo: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_contenido(archivo))
    except tomllib.TOMLDecodeError as error:
        raise FuenteInvalida(f"{archivo.name}: no es TOML válido ({error}).") from error


def _filas(archivo: Path, exigidos: tuple[str, ...]) -> Iterator[_Fila]:
    """The rows of a CSV file under its first line; titles known to zedxl take their usual spelling."""
    lector = csv.reader(_contenido(archivo).splitlines(keepends=True))
    titulos = [_titulo(escrito) for escrito in next(lector, [])]
    faltan = [titulo for titulo in exigidos if titulo not in titulos]
    if faltan:
        raise _Lugar(archivo, "línea 1").error(f"faltan los títulos {', '.join(faltan)}.")
    for celdas in lector:
        lugar = _Lugar(archivo, f"línea {lector.line_num}")
        if len(celdas) != len(titulos):
            raise lugar.error(f"hay {len(celdas)} celdas y {len(titulos)} títulos.")
        yield _Fila(lugar, {titulo: celda.strip() for titulo, celda in zip(titulos, celdas, strict=True)})


def _titulo(escrito: str) -> str:
    encabezado: Encabezado | None = reconocer(escrito)
    return escrito.strip() if encabezado is None else encabezado.titulo


def _contenido(archivo: Path) -> str:
    try:
        return archivo.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FuenteInvalida(f"No se pudo leer {archivo}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FuenteInvalida(f"{archivo.name}: no está en UTF-8; guárdelo como «CSV UTF-8».") from error
