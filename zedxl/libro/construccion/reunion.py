"""Several indicators of one OEI or AEI as one (SPEC 2.1): the helper cells that weigh them.

An OEI or AEI with a single indicator needs none: its cells are those of its row in Seguimiento.
"""

from __future__ import annotations

from zedxl.criticidad import se_juzga
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion import nombres
from zedxl.libro.construccion.bloque import Bloque
from zedxl.libro.construccion.calculo import Conjunto
from zedxl.libro.construccion.disposicion import AVANCE, ESPERADO, Disposicion, Grupo, Renglon, titulo_de_avance
from zedxl.libro.construccion.lienzo import Formula, Hoja
from zedxl.libro.construccion.valores import NP, Historia, Valor, de_avance, de_esperado
from zedxl.logro import reunir
from zedxl.periodo import Periodo
from zedxl.plan import Indicador
from zedxl.puntaje import pesos_por_grado
from zedxl.vocabulario import Ponderacion, Relevancia

_INDICADOR = "Fila"
_SE_JUZGA = "Se juzga"
_GRADO = "Grado"
_GRADO_JUZGADO = "Grado que se juzga"
_PESO_JUZGADO = "Peso dado que se juzga"
_PESO = "Peso en el conjunto"
_PESO_EN_RITMO = "Peso en el ritmo"
_AVANCE_JUZGADO = "Avance que se juzga"
_ESPERADO_JUZGADO = "Esperado que se juzga"
_DEL_CONJUNTO = ("Avance del conjunto", "Esperado del conjunto", "Avance juzgado del conjunto",
                 "Esperado juzgado del conjunto")  # fmt: skip
_TITULOS = (_INDICADOR, _SE_JUZGA, _GRADO, _GRADO_JUZGADO, _PESO_JUZGADO, _PESO, _PESO_EN_RITMO, _AVANCE_JUZGADO,
            _ESPERADO_JUZGADO, *_DEL_CONJUNTO)  # fmt: skip


class Reunion:
    """The block of helper cells, and what stands for an OEI or AEI as a whole."""

    def __init__(self, disposicion: Disposicion, fila: int) -> None:
        self._d = disposicion
        self._grupos = tuple(g for g in disposicion.grupos if g.reune_varios)
        self._lugar = {r.fila: n for n, r in enumerate(r for g in self._grupos for r in g.renglones)}
        self.bloque = Bloque("OEI y AEI con varios indicadores", fila, _TITULOS, len(self._lugar))

    def conjunto(self, grupo: Grupo) -> Conjunto:
        """The cells of an OEI or AEI as a whole, with their sheet."""
        if grupo.reune_varios:
            n = self._lugar[grupo.primera]
            avance, esperado, avance_juzgado, esperado_juzgado = (self.bloque.celda(n, t) for t in _DEL_CONJUNTO)
            return Conjunto(avance, esperado, avance_juzgado, esperado_juzgado, self._rango(grupo, _AVANCE_JUZGADO))
        avance, esperado = (f"Seguimiento!{self._d.celda(grupo.primera, titulo)}" for titulo in (AVANCE, ESPERADO))
        return Conjunto(avance, esperado, avance, esperado, avance)

    def avance_en(self, grupo: Grupo, periodo: Periodo) -> str:
        """Formula of the avance of an OEI or AEI at a período."""
        titulo = titulo_de_avance(periodo)
        if not grupo.reune_varios:
            return f"Seguimiento!{self._d.celda(grupo.primera, titulo)}"
        return _media(self._d.en_columna(titulo, grupo.primera, grupo.ultima), self._rango(grupo, _PESO))

    def escribir(self, hoja: Hoja, historia: Historia) -> None:
        """Write the block; nothing when every OEI and AEI has one indicator."""
        if not self._grupos:
            return
        self.bloque.escribir(hoja)
        for grupo in self._grupos:
            pesos = _pesos([r.indicador for r in grupo.renglones], historia)
            juzgados = [r.indicador for r in grupo.renglones if se_juzga(r.indicador.frecuencia, historia.actual)]
            pesos_juzgados = iter(_pesos(juzgados, historia))
            for renglon, peso in zip(grupo.renglones, pesos, strict=True):
                en_ritmo = next(pesos_juzgados) if renglon.indicador in juzgados else 0.0
                self._escribir_renglon(hoja, grupo, renglon, (peso, en_ritmo), historia)
            self._escribir_conjunto(hoja, grupo, historia)

    def _escribir_renglon(
        self, hoja: Hoja, grupo: Grupo, renglon: Renglon, pesos: tuple[float, float], historia: Historia
    ) -> None:
        n = self._lugar[renglon.fila]
        juzgado = se_juzga(renglon.indicador.frecuencia, historia.actual)
        grado = renglon.indicador.relevancia.grado if renglon.indicador.relevancia else 0
        dado = renglon.indicador.peso
        logro = historia.indicador(grupo, renglon)
        avance = de_avance(logro.avance)
        esperado = de_esperado(logro.esperado, logro.avance)
        valores: tuple[Valor, ...] = (
            float(renglon.fila + 1), float(juzgado), float(grado), float(grado) if juzgado else "",
            dado if juzgado and dado is not None else "", pesos[0], pesos[1],
            avance if juzgado else NP, esperado if juzgado else NP,
        )  # fmt: skip
        for titulo, texto, valor in zip(_TITULOS, self._formulas(grupo, renglon), valores, strict=False):
            self.bloque.formula(hoja, n, titulo, Formula(texto, valor))

    def _formulas(self, grupo: Grupo, renglon: Renglon) -> tuple[str, ...]:
        """The formulas of a row, in the order of the titles."""
        n = self._lugar[renglon.fila]
        frecuencia, relevancia, peso, avance, esperado = (
            f"Seguimiento!{self._d.celda(renglon.fila, titulo)}"
            for titulo in (
                Columna.FRECUENCIA.value, Columna.RELEVANCIA.value, Columna.PESO_INDICADOR.value, AVANCE, ESPERADO,
            )
        )  # fmt: skip
        palabras = ",".join(f'"{r.value}"' for r in Relevancia)
        juzgado = f"{self.bloque.celda(n, _SE_JUZGA)}=1"
        grado = self.bloque.celda(n, _GRADO)
        grados, grados_juzgados, pesos_juzgados = (
            self._rango(grupo, titulo) for titulo in (_GRADO, _GRADO_JUZGADO, _PESO_JUZGADO)
        )
        dados = self._d.en_columna(Columna.PESO_INDICADOR.value, grupo.primera, grupo.ultima)
        todos = f"ROWS({grados})"
        cuantos_juzgados = f"SUM({self._rango(grupo, _SE_JUZGA)})"
        return (
            f"ROW(Seguimiento!{self._d.celda(renglon.fila, Columna.CODIGO.value)})",
            f'IF(AND({nombres.SEMESTRE}=1,{frecuencia}="Anual"),0,1)',
            f'IFERROR(MATCH({relevancia}&"",{{{palabras}}},0),0)',
            f'IF({juzgado},{grado},"")',
            f'IF(AND({juzgado},ISNUMBER({peso})),{peso},"")',
            _peso(grado, grados, peso, dados, todos),
            f"IF({juzgado},{_peso(grado, grados_juzgados, peso, pesos_juzgados, cuantos_juzgados)},0)",
            f'IF({juzgado},{avance},"N/P")',
            f'IF({juzgado},{esperado},"N/P")',
        )

    def _escribir_conjunto(self, hoja: Hoja, grupo: Grupo, historia: Historia) -> None:
        avances, esperados = (self._d.en_columna(titulo, grupo.primera, grupo.ultima) for titulo in (AVANCE, ESPERADO))
        logro = historia.logro(grupo)
        juzgado = reunir(
            [i for i in logro.indicadores if se_juzga(i.indicador.frecuencia, historia.actual)],
            historia.actual,
            historia.plan.parametros,
        )
        pesos, en_ritmo = self._rango(grupo, _PESO), self._rango(grupo, _PESO_EN_RITMO)
        formulas = (
            Formula(_media(avances, pesos), de_avance(logro.avance)),
            Formula(_media(esperados, pesos), de_esperado(logro.esperado, logro.avance)),
            Formula(_media(self._rango(grupo, _AVANCE_JUZGADO), en_ritmo), de_avance(juzgado.avance)),
            Formula(
                _media(self._rango(grupo, _ESPERADO_JUZGADO), en_ritmo),
                de_esperado(juzgado.esperado, juzgado.avance),
            ),
        )
        for titulo, formula in zip(_DEL_CONJUNTO, formulas, strict=True):
            self.bloque.formula(hoja, self._lugar[grupo.primera], titulo, formula)

    def _rango(self, grupo: Grupo, titulo: str) -> str:
        return self.bloque.rango(titulo, self._lugar[grupo.primera], self._lugar[grupo.ultima])


def _media(medidas: str, pesos: str) -> str:
    """Weighted mean of several indicators; "N/P" when none is programmed, "N/D" when none is reported."""
    fuera, sin_valor = (f'COUNTIF({medidas},"{texto}")' for texto in ("N/P", "N/D"))
    return (
        f'IF({fuera}=ROWS({medidas}),"N/P",'
        f'IF({fuera}+{sin_valor}=ROWS({medidas}),"N/D",PUNTAJE_OEI({medidas},{pesos})))'
    )


def _peso(grado: str, grados: str, peso: str, dados: str, cuantos: str) -> str:
    """By relevancia or as given, if every one of the indicators has it; else equal (SPEC 2.1)."""
    return (
        f'IF({nombres.PONDERACION}="Relevancia",IF(COUNTIF({grados},">0")={cuantos},MAX({grados})-{grado}+1,1),'
        f'IF(AND({nombres.PONDERACION}="Columna Peso",COUNT({dados})={cuantos}),{peso},1))'
    )


def _pesos(indicadores: list[Indicador], historia: Historia) -> list[float]:
    """The weights that the formula gives to these indicators together."""
    ponderacion = historia.plan.parametros.ponderacion
    grados = [i.relevancia.grado for i in indicadores if i.relevancia]
    dados = [i.peso for i in indicadores if i.peso is not None]
    if ponderacion is Ponderacion.RELEVANCIA and len(grados) == len(indicadores):
        return pesos_por_grado(grados)
    if ponderacion is Ponderacion.PESO and len(dados) == len(indicadores):
        return dados
    return [1.0] * len(indicadores)
