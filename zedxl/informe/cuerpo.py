"""The body of the report as it is being written: elements in order, numbered headings, captions and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zedxl.evaluacion import Evaluacion
from zedxl.informe import textos
from zedxl.informe.contenido import Titulo
from zedxl.informe.estilos import Estilo
from zedxl.informe.graficos_word import Grafico, dibujo, incrustar
from zedxl.informe.listas import Listas
from zedxl.informe.prosa import parrafos
from zedxl.informe.wordml import Xml, campo, marcado, nodo, parrafo, trozo
from zedxl.narrativa import Seccion

if TYPE_CHECKING:
    from docx.opc.part import Part

ANCHO_DEL_TEXTO = 16.0
"""Width of what stands between the margins of an upright page, in cm."""
ANCHO_APAISADO = 25.6
"""The same for a page on its side."""

_TITULOS = (Estilo.TITULO_1, Estilo.TITULO_2, Estilo.TITULO_3, Estilo.TITULO_4)


class Cuerpo:
    """Collects the elements of the body; ``parte`` is the document part that charts are attached to."""

    def __init__(self, evaluacion: Evaluacion, parte: Part, listas: Listas) -> None:
        self.evaluacion = evaluacion
        self.elementos: list[Xml] = []
        self.titulos: list[Titulo] = []
        self._parte = parte
        self._listas = listas
        self._tablas = 0
        self._graficos = 0
        self._necesarios = frozenset(textos.necesarios(evaluacion))

    def titulo(self, nivel: int, texto: str, pagina_nueva: bool = False) -> None:
        """A heading of level 1 to 4, on a new page if asked."""
        numero = len(self.titulos) + 1
        titulo = Titulo(nivel, texto, f"_Toc{numero:06d}")
        self.titulos.append(titulo)
        contenido = marcado(titulo.marcador, numero, trozo(texto))
        salto = nodo("pageBreakBefore") if pagina_nueva else None
        self.elementos.append(parrafo(_TITULOS[nivel - 1], contenido, propiedad=salto))

    def parrafo(self, *frases: str, estilo: Estilo = Estilo.CUERPO, con_siguiente: bool = False) -> None:
        """A paragraph of sentences; nothing when all are empty."""
        dichas = " ".join(filter(None, frases))
        if dichas:
            self.elementos.append(parrafo(estilo, dichas, con_siguiente=con_siguiente))

    def texto(self, seccion: Seccion, codigo: str, estilo: Estilo | None = None) -> None:
        """What people wrote for a place of the report, or a gap where it is needed and missing."""
        escrito = textos.texto(self.evaluacion, seccion, codigo)
        if not escrito:
            if (seccion, codigo) in self._necesarios:
                falta = trozo(f"[{textos.lo_que_falta(seccion, codigo)}]", Estilo.FALTA, resaltado=True)
                self.elementos.append(parrafo(estilo or Estilo.CUERPO, falta))
        elif estilo is not None:
            self.elementos.append(parrafo(estilo, escrito))
        else:
            self.elementos.extend(parrafos(escrito, self._listas.nueva))

    def tabla(self, tabla: Xml, leyenda: str = "") -> str:
        """A table under its numbered caption, if it has one; returns the caption's label ("Tabla 2")."""
        if not leyenda:
            self.elementos.append(tabla)
            return ""
        self._tablas += 1
        self.elementos += [_leyenda("Tabla", self._tablas, leyenda, con_siguiente=True), tabla]
        return f"Tabla {self._tablas}"

    def nota(self, *frases: str, con_siguiente: bool = False) -> None:
        """A note in small print under a table; ``con_siguiente`` keeps it on the page of the text below."""
        self.parrafo(*frases, estilo=Estilo.NOTA, con_siguiente=con_siguiente)

    def grafico(self, grafico: Grafico, leyenda: str, ancho: float = ANCHO_DEL_TEXTO) -> None:
        """A chart, so many cm wide, above its numbered caption."""
        self._graficos += 1
        relacion = incrustar(self._parte, grafico, self._graficos)
        run = dibujo(grafico, relacion, self._graficos, ancho)
        self.elementos.append(parrafo(Estilo.GRAFICO, run, con_siguiente=True))
        self.elementos.append(_leyenda("Gráfico", self._graficos, leyenda))


def _leyenda(clase: str, numero: int, texto: str, con_siguiente: bool = False) -> Xml:
    numerado = campo(f"SEQ {clase} \\* ARABIC", str(numero))
    return parrafo(Estilo.LEYENDA, f"{clase} ", numerado, f". {texto}", con_siguiente=con_siguiente)
