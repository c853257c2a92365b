"""The engine that evaluates formulas, formualizer, behind the few questions that zedxl asks it."""

from __future__ import annotations

import datetime as dt

import formualizer

from zedxl.libro.direccion import Area, con_hoja, direccion, leer_area, separar_hoja
from zedxl.recalculo.celdas_xml import Posicion
from zedxl.recalculo.dudas import Dudas
from zedxl.recalculo.formula import clave_de_celda
from zedxl.recalculo.funciones_del_motor import registrar
from zedxl.recalculo.valor_de_celda import Valor, desde_motor


class Motor:
    """A book in the engine. Sheets by name, cells by row and column from 1."""

    def __init__(self, paquete: bytes, *, desde_1904: bool = False, ahora: dt.datetime | None = None) -> None:
        """Load a package; ``ahora``, with its zone, is what NOW and TODAY say, without it the clock of the machine.

        Raises whatever the engine raises for a package that it cannot read.
        """
        opciones = formualizer.EvaluationConfig()
        opciones.enable_parallel = False  # the functions are Python and would only wait for each other
        if desde_1904:
            opciones.date_system = "1904"
        config = formualizer.WorkbookConfig(eval_config=opciones)
        self._libro = formualizer.Workbook.from_bytes(paquete, config=config)
        self._desde_1904 = desde_1904
        # one instant for the whole recalculation; the engine takes local time as if it were UTC's
        momento = ahora or dt.datetime.now().astimezone()
        self._libro.set_deterministic_clock(momento.replace(tzinfo=dt.timezone.utc))
        self._dudas = Dudas(desde_1904)
        registrar(self._libro, self._dudas)

    def evaluar(self) -> None:
        """Compute everything."""
        self._libro.evaluate_all()

    def valor(self, hoja: str, lugar: Posicion) -> Valor:
        """The value of a cell; `zedxl.recalculo.valor_de_celda.SinValor` when the engine found none."""
        return desde_motor(self._libro.get_value(hoja, *lugar), self._desde_1904)

    def duda(self, hoja: str, lugar: Posicion) -> str | None:
        """Why the value of a cell is not certain, None when it is."""
        return self._dudas.por_celda.get(clave_de_celda(hoja, *lugar))

    def extension(self, hoja: str, lugar: Posicion) -> Area:
        """The cells that the result of a formula takes: its own unless it gives several values."""
        derrame = self._libro.inspect_cell(con_hoja(hoja, direccion(*lugar)), include_values=False).cell.spill
        if derrame is None or derrame.extent is None:
            return Area(*lugar, *lugar)
        return leer_area(separar_hoja(derrame.extent)[1])
