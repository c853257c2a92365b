"""Writing the copies into a folder, none over another."""

from __future__ import annotations

from pathlib import Path

from zedxl.errores import motivo_del_sistema
from zedxl.libro.lectura import Libro
from zedxl.reparto.copias import CopiaPorEntregar, Reparto, RepartoImposible


def comprobar_carpeta(carpeta: Path, reparto: Reparto) -> None:
    """Make the folder if need be; `RepartoImposible` when a copy is there already: somebody may be filling it in."""
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RepartoImposible(f"No se puede crear la carpeta {carpeta}: {motivo_del_sistema(error)}.") from error
    presentes = [copia.archivo for copia in reparto.copias if (carpeta / copia.archivo).exists()]
    if presentes:
        raise RepartoImposible(
            f"En {carpeta} ya hay copias ({', '.join(presentes)}), y podrían tener datos. No se escribió ninguna. "
            "Indique otra carpeta, o retire esas copias después de fusionarlas."
        )


def entregar(libro: Libro, copia: CopiaPorEntregar, carpeta: Path) -> Path:
    """Write one copy and say where it is."""
    from zedxl.edicion.entrega import entregar as entregar_libro

    return entregar_libro(libro.paquete, copia.edicion, carpeta / copia.archivo).libro
