"""The last table of the Tablero: every OEI and AEI over the períodos, each number in a colour of its size."""

from __future__ import annotations

from collections.abc import Sequence

from zedxl.aspecto import AZUL_CLARO, CELESTE, GRIS
from zedxl.codigo import PLAN
from zedxl.libro import hojas
from zedxl.libro.columnas import Columna
from zedxl.libro.construccion.datos_evolucion import DatosDeEvolucion
from zedxl.libro.construccion.disposicion import Disposicion, Grupo
from zedxl.libro.construccion.lienzo import (
    APARTADO,
    CELDA,
    CENTRADO,
    ENCABEZADO,
    PORCENTAJE,
    SUBTITULO,
    Formula,
    Hoja,
    Rasgos,
)
from zedxl.libro.construccion.valores import ND, Historia

_MAXIMO_DE_PERIODOS = 12
"""The last ones: six years, longer than a PEI usually lasts."""
_LETRAS_POR_COLUMNA = 10
_CHICA: Rasgos = {"font_size": 9}
_TEXTO: Rasgos = {"text_wrap": True, "align": "left", "indent": 1}
_DESTACADA: Rasgos = {"bold": True, "bg_color": f"#{AZUL_CLARO}"}


class TablaDeEvolucion:
    """The table from a row on, its períodos in the last ones of these columns."""

    def __init__(self, disposicion: Disposicion, datos: DatosDeEvolucion, fila: int, columnas: tuple[int, int]) -> None:
        self._d = disposicion
        self._datos = datos
        self.fila = fila
        self._primera, self._ultima = columnas
        self._periodos = disposicion.periodos[-_MAXIMO_DE_PERIODOS:]
        self._primer_periodo = self._ultima - len(self._periodos) + 1

    @property
    def ultima_fila(self) -> int:
        """The row of the plan as a whole, below all OEI and AEI."""
        return self.fila + 3 + len(self._d.grupos)

    def escribir(self, hoja: Hoja, historia: Historia) -> None:
        """Write the table."""
        self._titular(hoja)
        fila, aei = self.fila + 3, 0
        for n, objetivo in enumerate(self._d.objetivos):
            puntajes = [self._datos.del_oei(n, p, historia) for p in self._periodos]
            self._escribir_grupo(hoja, fila, objetivo.grupo, puntajes, _DESTACADA)
            for grupo in objetivo.aeis:
                fila += 1
                avances = [self._datos.de_la_aei(aei, p, historia) for p in self._periodos]
                self._escribir_grupo(hoja, fila, grupo, avances, {})
                aei += 1
            fila += 1
        textos = (Formula(f'"{PLAN}"', PLAN), Formula('"Todas las AEI del plan"', "Todas las AEI del plan"))
        del_pei = [self._datos.del_pei(p, historia) for p in self._periodos]
        self._escribir_fila(hoja, fila, textos, del_pei, _DESTACADA)
        self._vestir(hoja)

    def _titular(self, hoja: Hoja) -> None:
        titulo = "Evolución: avance de cada AEI; puntaje de cada OEI y del PEI (%)"
        hoja.texto(self.fila, self._primera, titulo, APARTADO)
        for columna in range(self._primera + 1, self._ultima + 1):
            hoja.texto(self.fila, columna, "", APARTADO)
        hoja.alto(self.fila, 20)
        nota = f"{ND}: en ese período no se programó o no se reportó. Cada avance se mide contra la meta de su año."
        hoja.texto(self.fila + 1, self._primera, nota, SUBTITULO, _CHICA)
        hoja.alto(self.fila + 2, 20)
        hoja.unir(self.fila + 2, self._primera, self._primer_periodo - 1, ENCABEZADO, _CHICA)
        hoja.texto(self.fila + 2, self._primera, "Objetivos y acciones", ENCABEZADO, _CHICA)
        for columna, periodo in enumerate(self._periodos, self._primer_periodo):
            hoja.formula(self.fila + 2, columna, self._datos.periodo(periodo), ENCABEZADO, _CHICA)

    def _escribir_grupo(self, hoja: Hoja, fila: int, grupo: Grupo, numeros: Sequence[Formula], fondo: Rasgos) -> None:
        codigo, denominacion = (
            f"{hojas.SEGUIMIENTO}!{self._d.celda(grupo.primera, c.value)}"
            for c in (Columna.CODIGO, Columna.DENOMINACION)
        )
        textos = (Formula(codigo, grupo.de.codigo), Formula(f'{denominacion}&""', grupo.de.denominacion))
        self._escribir_fila(hoja, fila, textos, numeros, fondo)

    def _escribir_fila(
        self, hoja: Hoja, fila: int, textos: tuple[Formula, Formula], numeros: Sequence[Formula], fondo: Rasgos
    ) -> None:
        codigo, denominacion = textos
        peso: Rasgos = {"bold": bool(fondo)}
        rasgos = (CELDA, _CHICA, _TEXTO, fondo)
        hoja.formula(fila, self._primera, codigo, *rasgos)
        hoja.unir(fila, self._primera + 1, self._primer_periodo - 1, *rasgos)
        hoja.formula(fila, self._primera + 1, denominacion, *rasgos)
        for columna, numero in enumerate(numeros, self._primer_periodo):
            hoja.formula(fila, columna, numero, CELDA, _CHICA, PORCENTAJE, CENTRADO, peso)
        letras = _LETRAS_POR_COLUMNA * (self._primer_periodo - self._primera - 1)
        hoja.alto(fila, 6 + 12 * -(-len(str(denominacion.valor)) // letras))

    def _vestir(self, hoja: Hoja) -> None:
        """Colour each number by its size, and let what is missing step back."""
        lugar = (self.fila + 3, self._primer_periodo, self.ultima_fila, self._ultima)
        gris = hoja.lienzo.condicional({"font_color": f"#{GRIS}"})
        hoja.xl.conditional_format(*lugar, {"type": "cell", "criteria": "==", "value": f'"{ND}"', "format": gris})
        escala = {
            "type": "2_color_scale",
            "min_type": "num", "min_value": 0, "min_color": "#FFFFFF",
            "max_type": "num", "max_value": 100, "max_color": f"#{CELESTE}",
        }  # fmt: skip
        hoja.xl.conditional_format(*lugar, escala)
