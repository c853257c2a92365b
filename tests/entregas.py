"""Books being put in their place by processes of their own: that die, that compete, that run out of space.

The functions with a ``libro`` as text are what such a process runs.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.hojas_xml import libro_de_formulas
from zedxl.edicion.cambio import Cambio, Contenido, Edicion
from zedxl.edicion.entrega import Entrega, entregar
from zedxl.errores import ErrorExplicado
from zedxl.libro.entrega import RESPALDOS
from zedxl.libro.hoja import contenido, leer_hojas
from zedxl.libro.paquete import Paquete
from zedxl.plan import Celda

HOJA = "Hoja 1"
PROCESOS = multiprocessing.get_context("forkserver")
PROCESOS.set_forkserver_preload(["tests.entregas", "zedxl.recalculo.calculo", "python_calamine", "filelock"])

_PASOS: tuple[tuple[Any, str], ...] = tuple(
    (modulo, nombre)
    for modulo, nombres in (
        (os, ("open", "close", "fsync", "mkdir", "chmod", "link", "unlink", "replace", "rename", "ftruncate")),
        (fcntl, ("flock",)),
    )
    for nombre in nombres
)


def libro_pequeno(ruta: Path) -> Path:
    """A book with a meta of 4 in A1, a value of 2 in A2, their avance in B1 (50) and their sum in B2 (6)."""
    return libro_de_formulas(
        ruta, {"A1": 4, "A2": 2, "A3": "Ñandú", "A4": True, "B1": "=AVANCE_AEI(A1,A2)", "B2": "=A1+A2"}
    )


def cambio(celda: str, antes: Contenido, despues: Contenido, hoja: str = HOJA) -> Edicion:
    """An edit of one cell, with one letter for its column."""
    return Edicion(cambios=(Cambio(Celda(hoja, int(celda[1:]), ord(celda[0]) - 64), antes, despues),))


def valores(libro: Path) -> dict[str, Contenido]:
    """What is in the cells of the first sheet, read as zedxl reads it."""
    hoja = next(leer_hojas(libro))
    return {
        Celda("", fila, columna).referencia: contenido(valor)
        for fila, fila_de_valores in enumerate(hoja.filas, 1)
        for columna, valor in enumerate(fila_de_valores, 1)
        if contenido(valor) is not None
    }


def escribir(libro: Path, celda: str, despues: Contenido) -> Entrega:
    """Read a book and change one cell of it, as any command does."""
    antes = valores(libro).get(celda)
    return entregar(Paquete(libro), cambio(celda, antes, despues))


def restos(carpeta: Path) -> list[str]:
    """The temporary files in a folder and in its Respaldos."""
    return sorted(str(r.relative_to(carpeta)) for r in carpeta.rglob(".zedxl-*"))


def respaldos(carpeta: Path) -> list[Path]:
    """The dated copies, the oldest first."""
    return sorted(r for r in (carpeta / RESPALDOS).glob("*") if not r.name.startswith("."))


def archivos(carpeta: Path) -> dict[str, bytes]:
    """Every file below a folder but the empty lock files."""
    return {
        str(ruta.relative_to(carpeta)): ruta.read_bytes()
        for ruta in carpeta.rglob("*")
        if ruta.is_file() and ruta.suffix != ".lock"
    }


def en_otro_proceso(tarea: Callable[..., None], *argumentos: object) -> int:
    """Run it in a process of its own; the exit code, negative for the signal that killed it."""
    proceso = PROCESOS.Process(target=tarea, args=argumentos)
    proceso.start()
    proceso.join(60)
    codigo = proceso.exitcode
    proceso.close()
    assert codigo is not None
    return codigo


def escribir_y_morir_en_el_paso(libro: str, paso: int) -> None:
    """Write 3 into A2, but be killed before or after one of the system calls that change something."""
    entregar_y_morir_en_el_paso(libro, cambio("A2", 2, 3), paso)


def entregar_y_morir_en_el_paso(libro: str, edicion: Edicion, paso: int) -> None:
    """Carry out an edit, but be killed before or after one of the system calls that change something."""
    dados = iter(range(1, 10_000))

    def contado(original: Callable[..., Any]) -> Callable[..., Any]:
        def llamada(*argumentos: Any, **opciones: Any) -> Any:
            _morir_si(next(dados) == paso)
            try:
                return original(*argumentos, **opciones)
            finally:
                _morir_si(next(dados) == paso)

        return llamada

    paquete = Paquete(Path(libro))
    for modulo, nombre in _PASOS:
        setattr(modulo, nombre, contado(getattr(modulo, nombre)))
    entregar(paquete, edicion)


def _morir_si(toca: bool) -> None:
    if toca:
        os.kill(os.getpid(), signal.SIGKILL)


def escribir_y_morir_a_la_mitad(libro: str, despues: Contenido, limite: int) -> None:
    """Write into A2, but be killed by the system when any file is to grow beyond so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, limite))
    entregar(Paquete(Path(libro)), cambio("A2", 2, despues))


def escribir_sin_espacio(libro: str, limite: int, dicho: Any) -> None:
    """Write 3 into A2 where no file can have more than so many bytes, and tell what is said."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, limite))
    dicho.put(_intento(lambda: escribir(Path(libro), "A2", 3)))


def escribir_a_la_vez(libro: str, celda: str, despues: float, salida: Any, dicho: Any) -> None:
    """Read a book, wait until the others have read it too, write, and tell what is said."""
    paquete = Paquete(Path(libro))
    antes = valores(Path(libro)).get(celda)
    salida.wait()
    dicho.put((celda, _intento(lambda: entregar(paquete, cambio(celda, antes, despues)))))


def sumar_hasta(libro: str, celda: str, veces: int, salida: Any, dicho: Any) -> None:
    """Add 1 to a cell so many times, as often as it takes, and tell all that was refused."""
    salida.wait()
    for _ in range(veces):
        while negativa := _intento(lambda: escribir(Path(libro), celda, _numero(valores(Path(libro))[celda]) + 1)):
            dicho.put(negativa)
    dicho.put(None)


def _numero(valor: Contenido) -> float:
    assert isinstance(valor, float)
    return valor


def _intento(tarea: Callable[[], object]) -> str:
    """What a person is told; "" when it was done."""
    try:
        tarea()
    except ErrorExplicado as error:
        return str(error)
    return ""


def hasta_que_termine(morir: Callable[[int], int]) -> Iterator[int]:
    """The steps at which a process was killed, one after the other, until one lives to the end."""
    paso = 1
    while (codigo := morir(paso)) == -signal.SIGKILL:
        yield paso
        paso += 1
    assert codigo == 0
