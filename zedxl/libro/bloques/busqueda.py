"""Where the blocks of a book are and which layout each has; what nobody can tell is a finding, and is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zedxl.libro.bloques.al_lado import corte_en
from zedxl.libro.bloques.anexo import Anexo, es_de_indicador
from zedxl.libro.bloques.bloque import Bloque, Columnas
from zedxl.libro.bloques.columna_de_codigos import MUESTRA, sobre_codigos_solos
from zedxl.libro.bloques.combinadas import combinadas_de
from zedxl.libro.bloques.franja import franja
from zedxl.libro.bloques.juntas import Juntas, codigo_al_principio, codigo_en, dice_algo_mas, juntas_en
from zedxl.libro.bloques.linea_base import cambiados
from zedxl.libro.bloques.matriz import Matriz, marcas
from zedxl.libro.bloques.matriz_por_columnas import MatrizPorColumnas
from zedxl.libro.bloques.pareja import con_su_codigo
from zedxl.libro.bloques.resultados import sin_decir_que
from zedxl.libro.bloques.sinonimos import Sinonimos, leer_sinonimos
from zedxl.libro.bloques.titulos import Titulos, leer_titulos, parece_de_titulos
from zedxl.libro.celdas import Lectura
from zedxl.libro.columnas import Columna, Encabezado
from zedxl.libro.direccion import letras
from zedxl.libro.hoja import Hoja
from zedxl.libro.hojas import DE_ZEDXL
from zedxl.libro.tabla import Tabla
from zedxl.periodo import Periodo, periodos_en
from zedxl.texto import plano

_DE_ZEDXL = frozenset(map(plano, DE_ZEDXL))
_CODIGO = Encabezado(Columna.CODIGO)
_FILAS_DE_UNA_AEI = 3
_FILAS_DE_CONTEXTO = 15


def buscar_bloques(hojas: Sequence[Hoja], lectura: Lectura) -> tuple[Bloque, ...]:
    """The blocks of a book, sheet by sheet and from top to bottom."""
    sinonimos = leer_sinonimos(hojas, lectura)
    de_personas = (hoja for hoja in hojas if plano(hoja.nombre) not in _DE_ZEDXL)
    return tuple(bloque for hoja in de_personas for bloque in _entre(hoja, 0, len(hoja.filas), sinonimos, lectura))


def _entre(hoja: Hoja, desde: int, hasta: int, sinonimos: Sinonimos, lectura: Lectura) -> Iterator[Bloque]:
    """The blocks of some rows (from 0, the last one not included), those of tables side by side from left to right."""
    encabezados = list(_encabezados(hoja, desde, hasta, sinonimos))
    corte = corte_en(hoja, encabezados, hasta, sinonimos)
    if corte is not None:
        yield from _entre(hoja, desde, corte.desde, sinonimos, lectura)
        for columnas in (slice(corte.columna), slice(corte.columna, None)):
            lado = franja(hoja, columnas, corte.desde + 1)
            yield from (replace(b, al_lado=True) for b in _entre(lado, corte.desde, corte.hasta, sinonimos, lectura))
        yield from _entre(hoja, corte.hasta, hasta, sinonimos, lectura)
        return
    limites = [*(titulos.primera - 1 for titulos in encabezados[1:]), hasta]
    for titulos, limite in zip(encabezados, limites, strict=False):
        bloque = _Hallazgo(hoja, con_su_codigo(hoja, titulos, limite), limite, lectura).bloque()
        if bloque is not None:
            yield replace(bloque, combinadas=combinadas_de(bloque))


def _encabezados(hoja: Hoja, desde: int, hasta: int, sinonimos: Sinonimos) -> Iterator[Titulos]:
    """The rows of titles, without those that repeat the ones before them, as on each printed page."""
    vistos: list[dict[Encabezado, int]] = []
    iniciales = sinonimos.iniciales_de_codigo
    codigo = None
    ultima = 0
    for indice, valores in enumerate(hoja.filas[desde:hasta], desde):
        if codigo is not None and codigo_en(valores, codigo):
            continue  # a row of the block just found: most rows of a book are
        if indice < ultima or not parece_de_titulos(hoja.filas, indice, sinonimos, iniciales):
            continue
        titulos = leer_titulos(hoja, indice, sinonimos)
        if not titulos.dicen_cuando and not _pueden_ser(hoja, titulos, sinonimos):
            continue
        ultima = titulos.ultima
        if titulos.columnas not in vistos:
            vistos.append(titulos.columnas)
            codigo = titulos.columnas.get(_CODIGO)
            yield titulos


def _pueden_ser(hoja: Hoja, titulos: Titulos, sinonimos: Sinonimos) -> bool:
    """Whether titles without a year or período are some: by the one of the codes, or of a matrix."""
    indice = titulos.base - 1
    valores = hoja.filas[indice]
    if titulos.cuando_repetido or any(
        sinonimos.es_de_codigo(valor) or sobre_codigos_solos(hoja.filas, indice, n) for n, valor in enumerate(valores)
    ):
        return True
    return any(map(marcas, hoja.filas[titulos.ultima : titulos.ultima + _FILAS_DE_UNA_AEI]))


@dataclass(frozen=True, slots=True)
class _Hallazgo:
    """Titles somewhere, and what they may be the titles of."""

    hoja: Hoja
    titulos: Titulos
    hasta: int
    lectura: Lectura

    def bloque(self) -> Bloque | None:
        """The block, None when it is none or cannot be understood (which is noted)."""
        if self.titulos.dicen_cuando or self.titulos.cuando_repetido:
            self._preguntar_por_repetidas()
        if _CODIGO not in self.titulos.columnas:
            return None
        if self._es_matriz:
            return self._matriz()
        if not self.titulos.dicen_cuando or self._no_dice_de_que():
            return None
        titulos = self._con_linea_base_en_orden()
        self._avisar_de_corridas()
        c, juntas = Columnas.de(titulos), self._juntas()
        c.por_nombre.update((juntas.columnas if juntas else {}) | c.por_nombre)
        clase: type[Anexo] | type[Tabla] = Anexo if self._tiene_indicadores(c.por_nombre, juntas) else Tabla
        return clase(
            self.hoja, titulos, self.hasta, c.por_nombre, c.metas, c.metas_semestre, c.valores, c.avances,
            juntas=juntas,
        )  # fmt: skip

    def _no_dice_de_que(self) -> bool:
        """Whether the numbers may be values or avances, which is asked."""
        titulos = sin_decir_que(self.titulos)
        if titulos:
            self._preguntar(
                "valor-o-avance",
                f"Bajo «{titulos[0]}» esta tabla no dice si los números son valores obtenidos o avances; no se leyó.",
                f"Escriba «Valor {titulos[0]}» o «Avance {titulos[0]}».",
            )
        return bool(titulos)

    def _juntas(self) -> Juntas | None:
        """The columns with a code and a name in the same cell."""
        suyas = Columnas.de(self.titulos).por_nombre
        indicador = None if Columna.CODIGO_INDICADOR in suyas else suyas.get(Columna.INDICADOR)
        return juntas_en(
            self._debajo, self.titulos.ancho, suyas[Columna.CODIGO], indicador,
            con_denominacion=Columna.DENOMINACION in suyas,
        )  # fmt: skip

    @property
    def _debajo(self) -> list[list[Any]]:
        return self.hoja.filas[self.titulos.ultima : self.hasta]

    @property
    def _es_matriz(self) -> bool:
        """Whether the words Progr and Ejecut stand beside the first code, or right below it."""
        codigo, debajo = self.titulos.columnas[_CODIGO], self._debajo[:MUESTRA]
        primera = next((n for n, fila in enumerate(debajo) if codigo_en(fila, codigo)), len(debajo))
        return any(marcas(fila) for fila in debajo[primera : primera + _FILAS_DE_UNA_AEI])

    def _tiene_indicadores(self, columnas: Mapping[Columna, int], juntas: Juntas | None) -> bool:
        """Whether indicators have rows of their own: not where they have a column for their code."""
        codigo = columnas[Columna.CODIGO]
        if Columna.CODIGO_INDICADOR in columnas:
            return False
        filas = (fila for fila in self._debajo if codigo < len(fila))
        if juntas is not None:
            return any(codigo_al_principio(fila[codigo])[:3] == "IND" and dice_algo_mas(fila) for fila in filas)
        return any(es_de_indicador(fila, codigo) for fila in filas)

    def _matriz(self) -> Matriz | None:
        juntas = self._juntas()
        con_nombre = juntas._replace(indicador=None) if juntas and juntas.codigo is not None else None
        if self.titulos.dicen_cuando:
            return self._matriz_por_columnas(con_nombre)
        periodos = self._periodos()
        if len(periodos) == 1:
            return Matriz.en(self.hoja, self.titulos, self.hasta, periodos[0], con_nombre)
        que = f"se nombran {' y '.join(map(str, periodos))}" if periodos else "no se dice"
        self._preguntar(
            "matriz-sin-periodo", f"¿De qué período es esta matriz? Encima de sus títulos {que}.",
            "Escríbalo encima, por ejemplo «Avance del semestre 2025-I».",
        )  # fmt: skip
        return None

    def _matriz_por_columnas(self, juntas: Juntas | None) -> Matriz | None:
        periodos = self._periodos(en_los_titulos=False)
        periodo = periodos[0] if len(periodos) == 1 else None
        matriz = MatrizPorColumnas.entre(self.hoja, self.titulos, self.hasta, juntas, periodo)
        if matriz is None:
            self._preguntar(
                "matriz-no-entendida",
                "Hay filas Progr y Ejecut debajo de columnas que ya dicen de qué año o período son.",
                "Deje una sola columna de números; o ponga Progr y Ejecut en una columna aparte y cada número en su "
                "propia celda, bajo su año o su período («2025», «2025-I»); o use una fila por AEI.",
            )
        elif matriz.dudosos:
            self._preguntar(
                "matriz-sin-meta-anual",
                f"Lo programado bajo {' y '.join(map(str, sorted(matriz.dudosos)))}, ¿es la meta de cada semestre o la "
                "del año? No se leyó.",
                f"Agregue una columna «{min(matriz.dudosos).anio}» con la meta del año.",
            )
        return matriz

    def _periodos(self, *, en_los_titulos: bool = True) -> list[Periodo]:
        """The periods named nearest: in the titles, in the rows above them from below to above, in the sheet's name."""
        desde = max(0, self.titulos.primera - 1 - _FILAS_DE_CONTEXTO)
        encima = reversed(self.hoja.filas[desde : self.titulos.primera - 1])
        titulos = [*self.titulos.textos.values()] if en_los_titulos else []
        textos = [titulos, *encima, [self.hoja.nombre]]
        por_fila = (_nombrados(fila) for fila in textos)
        return next(filter(None, por_fila), [])

    def _con_linea_base_en_orden(self) -> Titulos:
        """The titles, those of the baseline's value and year exchanged where all years stand under the other one."""
        halladas = cambiados(self.titulos, self._debajo[:MUESTRA])
        if halladas is None:
            return self.titulos
        (valor, anio), textos = halladas, self.titulos.textos
        self._preguntar(
            "titulos-cambiados",
            f"Los títulos de la línea base están cambiados: bajo «{textos[anio]}» (columna {letras(anio + 1)}) no hay "
            f"años, y bajo «{textos[valor]}» ({letras(valor + 1)}) solo hay años. Se leyeron al revés.",
            "Corrija los dos títulos.",
            es_error=False,
        )
        return self.titulos.con_columnas(LINEA_BASE=anio, LINEA_BASE_ANIO=valor)

    def _avisar_de_corridas(self) -> None:
        if not self.titulos.corridas:
            return
        textos = sorted(self.titulos.textos.items())
        leidas = [f"{letras(n + 1)}: {texto}" for n, texto in textos if " · " in texto]
        self._preguntar(
            "titulos-corridos",
            "La segunda fila de títulos no está debajo de la primera; se leyó por su orden: " + "; ".join(leidas) + ".",
            "Compruebe que sea así; si no, ponga cada título sobre su columna.",
            es_error=False,
        )

    def _preguntar_por_repetidas(self) -> None:
        for encabezado, columnas in self.titulos.repetidas.items():
            celdas = " y ".join(self.hoja.celda(self.titulos.ultima, n + 1).referencia for n in columnas)
            o_separar = " Si son dos tablas, deje entre ellas una columna vacía." if encabezado == _CODIGO else ""
            self._preguntar(
                "titulo-repetido",
                f"Las columnas {celdas} dicen lo mismo («{encabezado.titulo}») y no se sabe cuál vale; no se leyó "
                "ninguna.",
                f"Deje una, o cambie el título de la otra.{o_separar}",
            )

    def _preguntar(self, regla: str, mensaje: str, sugerencia: str, *, es_error: bool = True) -> None:
        celda = self.hoja.celda(self.titulos.base, self.titulos.columnas.get(_CODIGO, 0) + 1)
        anotar: Callable[..., None] = self.lectura.error if es_error else self.lectura.advertir
        anotar(celda, regla, "", mensaje, sugerencia)


def _nombrados(fila: Sequence[Any]) -> list[Periodo]:
    return sorted({periodo for valor in fila if isinstance(valor, str) for periodo in periodos_en(valor)})
