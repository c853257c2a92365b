"""The keywords of a PEI and how they are recognised however they were typed."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from zedxl.medida import DatoInvalido
from zedxl.texto import plano

P = TypeVar("P", bound="Palabra")


class Palabra(str, Enum):
    """A closed list of words; `leer` accepts any accents, capitals and usual abbreviations."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and these are looked up all the time

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        """Other ways to write a word, as plain text, each with the member's name it stands for."""
        return {}

    @classmethod
    def leer(cls: type[P], texto: str) -> P:
        """The word meant by ``texto``; `DatoInvalido` names the words there are.

        >>> Sentido.leer("ASCENDENTE"), Agregacion.leer("No  acumulada").value
        (<Sentido.ASCENDENTE: 'Ascendente'>, 'No acumulado')
        >>> Sentido.leer("hacia arriba")
        Traceback (most recent call last):
        ...
        zedxl.medida.DatoInvalido: «hacia arriba» no se reconoce; use Ascendente, Descendente o No definido.
        """
        escrito = plano(str(texto))
        for palabra in cls:
            if escrito == plano(palabra.value):
                return palabra
        nombre = cls._sinonimos().get(escrito)
        if nombre is not None:
            return cls[nombre]
        *primeras, ultima = (palabra.value for palabra in cls)
        raise DatoInvalido(f"«{texto}» no se reconoce; use {', '.join(primeras)} o {ultima}.")


class Sentido(Palabra):
    """Which way an indicator should move."""

    ASCENDENTE = "Ascendente"
    DESCENDENTE = "Descendente"
    NO_DEFINIDO = "No definido"

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        return {"asc": "ASCENDENTE", "desc": "DESCENDENTE", "rango": "NO_DEFINIDO"}


class Agregacion(Palabra):
    """Whether the semesters of a year add up."""

    ACUMULADO = "Acumulado"
    NO_ACUMULADO = "No acumulado"

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        return {"acumulada": "ACUMULADO", "acumulable": "ACUMULADO",
                "no acumulada": "NO_ACUMULADO", "no acumulable": "NO_ACUMULADO"}  # fmt: skip


class Frecuencia(Palabra):
    """When an indicator is measured."""

    SEMESTRAL = "Semestral"
    ANUAL = "Anual"


class Relevancia(Palabra):
    """CEPLAN's three degrees of relevance, R = 1, 2, 3 (SPEC 2.3)."""

    MUY_RELEVANTE = "Muy relevante"
    RELEVANTE = "Relevante"
    POCO_RELEVANTE = "Poco relevante"

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        grados = ("MUY_RELEVANTE", "RELEVANTE", "POCO_RELEVANTE")
        numeros = {str(grado): nombre for grado, nombre in enumerate(grados, 1)}
        # CEPLAN's printed annex writes "Muy Relevante-1", "Relevante-2".
        impresas = {"muy relevante 1": grados[0], "relevante 2": grados[1], "poco relevante 3": grados[2]}
        return numeros | impresas | {"muy": grados[0], "relevante 1": grados[0]}

    @property
    def grado(self) -> int:
        """1 for the most relevant, 3 for the least."""
        return list(Relevancia).index(self) + 1


class Prioridad(Palabra):
    """Priority of an objective or action in the PEI's "ruta estratégica"."""

    MUY_ALTA = "Muy alta"
    ALTA = "Alta"
    MEDIA = "Media"
    BAJA = "Baja"

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        grados = ("MUY_ALTA", "ALTA", "MEDIA", "BAJA")
        numeros = {str(grado): nombre for grado, nombre in enumerate(grados, 1)}
        return numeros | {
            f"{antes}{plano(Prioridad[nombre].value)}{despues}": nombre
            for nombre in grados
            for antes, despues in (("prioridad ", ""), ("", " prioridad"))
        }

    @property
    def grado(self) -> int:
        """1 for the highest priority."""
        return list(Prioridad).index(self) + 1


class Semaforo(Palabra):
    """Colour of a percentage against the thresholds (SPEC 2.4)."""

    ROJO = "ROJO"
    AMBAR = "ÁMBAR"
    VERDE = "VERDE"
    ND = "N/D"


class Estado(Palabra):
    """Where an AEI stands (SPEC 2.4)."""

    NO_PROGRAMADA = "No programada"
    SIN_DATO = "Sin dato"
    CUMPLIDA = "Cumplida"
    CRITICA = "Crítica"
    EN_PROCESO = "En proceso"


class SinDato(Palabra):
    """What an AEI that was programmed but not reported does to a puntaje (SPEC 2.3)."""

    CERO = "cero"
    EXCLUIR = "excluir"


class Tipo(Palabra):
    """How the avance is measured: against zero (I) or against the baseline (II) (SPEC 2.1)."""

    I = "Tipo I"  # noqa: E741
    II = "Tipo II"

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        return {"i": "I", "1": "I", "ii": "II", "2": "II"}


class Ponderacion(Palabra):
    """Where the weights of a puntaje come from (SPEC 2.3)."""

    PESO = "Columna Peso"
    IGUALES = "Iguales"
    RELEVANCIA = "Relevancia"

    @classmethod
    def _sinonimos(cls) -> dict[str, str]:
        return {
            "peso": "PESO",
            "pesos": "PESO",
            "iguales para todas": "IGUALES",
            "por relevancia": "RELEVANCIA",
        }


class MetodoPEI(Palabra):
    """Over what the puntaje of the whole PEI is taken (SPEC 2.3)."""

    AEI = "AEI"
    OEI = "OEI"
