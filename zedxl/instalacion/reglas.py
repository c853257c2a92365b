"""What must be right for zedxl to work in Excel: one short rule each, over what was read from the PC."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PureWindowsPath

from zedxl.instalacion.chequeo import Chequeo, Estado
from zedxl.instalacion.equipo import Complemento, Equipo

_TIENDA = "windowsapps"
_SOLO_FIRMADAS, _NINGUNA, _TODAS = 3, 4, 1  # VBAWarnings
_INTERNET = 3  # the zone of what comes from the internet; 4 is that of what is not to be trusted at all
_BLOQUEA, _PREGUNTA = 1, 6  # what a rule of Defender may do
_REPETIR = "Ejecute otra vez instalar.cmd (o «zedxl instalar»)."

Regla = Callable[[Equipo], Chequeo | None]
"""A check of one matter; None where there is nothing to say about it."""


def python(equipo: Equipo) -> Chequeo:
    """A Python that Excel can start and that sees the same files and registry as Excel."""
    asunto, este = "Python", equipo.python
    if de_la_tienda(este.base) or de_la_tienda(este.interprete):
        return Chequeo(
            asunto,
            Estado.MAL,
            f"Python {este.version} es el de Microsoft Store, que guarda aparte lo que escribe: Excel no lo encuentra.",
            "Instale el de python.org (Install Now) y ejecute instalar.cmd.",
        )
    if not este.existe:
        return Chequeo(
            asunto,
            Estado.MAL,
            f"Falta {este.interprete}, el Python sin ventana que usa Excel.",
            "Instale Python de python.org (Install Now) y ejecute instalar.cmd.",
        )
    if este.legible is None:
        return Chequeo(
            asunto,
            Estado.MAL,
            f"La ruta {este.interprete} tiene letras que las macros de Excel no pueden leer.",
            "Cree el entorno de Python en una carpeta con letras del alfabeto latino, por ejemplo C:\\zedxl, y ejecute "
            "desde él «zedxl instalar».",
        )
    return Chequeo(asunto, Estado.BIEN, f"Python {este.version} en {este.interprete.parent}.")


def xlwings(equipo: Equipo) -> Chequeo:
    """The xlwings that zedxl was made for, with its DLLs where Excel looks for them."""
    asunto, este = "xlwings", equipo.xlwings
    if not este.es_la_pedida:
        hay = f"está instalada la {este.instalada}" if este.instalada else "no está instalada"
        pedida = f"la versión {este.pedida} de xlwings" if este.pedida else "xlwings"
        return Chequeo(asunto, Estado.MAL, f"zedxl necesita {pedida}, y {hay}.", _REPETIR)
    if not este.con_pywin32:
        return Chequeo(asunto, Estado.MAL, "Falta pywin32, con el que Python habla con Excel.", _REPETIR)
    if este.dll_que_faltan:
        return Chequeo(
            asunto,
            Estado.MAL,
            f"Excel no encontrará {' ni '.join(este.dll_que_faltan)}: no está junto a {equipo.python.interprete} ni en "
            "la carpeta anterior, como pasa con «pip install --user».",
            "Ejecute instalar.cmd, que instala zedxl en su propio entorno de Python.",
        )
    return Chequeo(asunto, Estado.BIEN, f"xlwings {este.instalada}, con sus DLL en su lugar.")


def excel(equipo: Equipo) -> Chequeo:
    """An Excel that is not the one of the Store, which lets no other program in."""
    asunto = "Excel"
    if equipo.excel is None:
        return Chequeo(
            asunto, Estado.AVISO, "No se encuentra Excel en este equipo.", "Si lo tiene, no haga caso de este aviso."
        )
    if de_la_tienda(PureWindowsPath(equipo.excel)):
        return Chequeo(
            asunto,
            Estado.MAL,
            "Excel es el de Microsoft Store, que no admite programas como zedxl.",
            "Desinstálelo e instale Office desde office.com o con soporte de su institución.",
        )
    return Chequeo(asunto, Estado.BIEN, f"Excel en {equipo.excel}.")


def configuracion(equipo: Equipo) -> Chequeo:
    """Excel is told to start a Python that is there, and this one."""
    asunto, este = "Configuración", equipo.instalado
    if este.interprete is None:
        return Chequeo(asunto, Estado.MAL, "Excel no sabe qué Python usar: falta .zedxl\\zedxl.conf.", _REPETIR)
    if not este.existe_interprete:
        return Chequeo(asunto, Estado.MAL, f"Excel usaría {este.interprete}, que ya no existe.", _REPETIR)
    legible = equipo.python.legible
    if legible is not None and PureWindowsPath(este.interprete) != PureWindowsPath(legible):
        return Chequeo(
            asunto,
            Estado.AVISO,
            f"Excel usa otro Python: {este.interprete}.",
            "Si no es a propósito, ejecute «zedxl instalar» con este.",
        )
    return Chequeo(asunto, Estado.BIEN, "Excel usa este Python.")


def complemento(equipo: Equipo) -> Chequeo:
    """The add-in is in place, of this version, and Excel may load it."""
    asunto, este, seguridad = "Complemento", equipo.instalado, equipo.seguridad
    if este.complemento is Complemento.AUSENTE:
        return Chequeo(asunto, Estado.MAL, f"No está en su lugar: {este.ruta}.", _REPETIR)
    if este.complemento is Complemento.OTRO:
        return Chequeo(asunto, Estado.MAL, f"{este.ruta} es de otra versión.", f"Cierre Excel. {_REPETIR}")
    if este.desactivado:
        return Chequeo(
            asunto,
            Estado.MAL,
            "Excel lo desactivó después de cerrarse mal.",
            "En Excel: Archivo > Opciones > Complementos > Administrar: Elementos deshabilitados > Ir. Elija "
            "zedxl.xlam y pulse Habilitar.",
        )
    if seguridad.sin_complementos or seguridad.complementos_firmados:
        motivo = "no carga ningún complemento" if seguridad.sin_complementos else "solo carga complementos firmados"
        return Chequeo(
            asunto,
            Estado.MAL,
            f"Excel está configurado de modo que {motivo}.",
            "Cámbielo en Archivo > Opciones > Centro de confianza > Complementos o, si está en gris, pídalo a soporte.",
        )
    if este.complemento is Complemento.SIN_COMPROBAR:
        return Chequeo(asunto, Estado.AVISO, f"No se pudo comprobar {este.ruta}.", "Cierre Excel y repita.")
    return Chequeo(asunto, Estado.BIEN, "En su lugar y de esta versión.")


def macros(equipo: Equipo) -> Chequeo:
    """Excel runs, or asks about, the macros of the books that a planner uses."""
    asunto, seguridad = "Macros", equipo.seguridad
    if seguridad.sin_ubicaciones or seguridad.ubicaciones_de_politica:
        return Chequeo(
            asunto,
            Estado.AVISO,
            "Excel no toma en cuenta las carpetas de confianza del usuario, como la de complementos.",
            "Si Excel no muestra la pestaña PEI, pida a soporte que permita ubicaciones de confianza del usuario.",
        )
    if seguridad.macros == _TODAS:
        return Chequeo(
            asunto,
            Estado.AVISO,
            "Excel ejecuta sin preguntar las macros de cualquier libro: es un riesgo.",
            "Elija «Deshabilitar macros con notificación» en Archivo > Opciones > Centro de confianza.",
        )
    if seguridad.macros in (_SOLO_FIRMADAS, _NINGUNA) and not (seguridad.propias or _en_confianza(equipo)):
        cuales = "las macros no firmadas" if seguridad.macros == _SOLO_FIRMADAS else "todas las macros"
        quien = "Una política de su institución bloquea" if seguridad.por_politica else "Excel bloquea"
        return Chequeo(
            asunto,
            Estado.MAL,
            f"{quien} {cuales} fuera de las carpetas de confianza.",
            "Ejecute «zedxl instalar --confiar CARPETA» con la carpeta donde guarda el libro.",
        )
    en = f" En confianza: {', '.join(seguridad.propias)}" if seguridad.propias else ""
    return Chequeo(asunto, Estado.BIEN, f"Excel pregunta, o permite las de carpetas de confianza.{en}")


def marca_de_internet(equipo: Equipo) -> Chequeo | None:
    """The book asked about does not bear the mark of the web, or lies where that does not matter."""
    if equipo.libro is None:
        return None
    asunto = "Libro"
    if equipo.libro.zona is None or equipo.libro.zona < _INTERNET:
        return Chequeo(asunto, Estado.BIEN, f"{equipo.libro.ruta.name} no está marcado como venido de internet.")
    if _en_confianza(equipo):
        return Chequeo(asunto, Estado.BIEN, f"{equipo.libro.ruta.name} vino de internet, y su carpeta es de confianza.")
    return Chequeo(
        asunto,
        Estado.MAL,
        f"{equipo.libro.ruta.name} está marcado como venido de internet o del correo: Excel bloquea sus macros.",
        "Si confía en quien se lo dio: clic derecho > Propiedades > Desbloquear; o «zedxl instalar --confiar CARPETA».",
    )


def residente(equipo: Equipo) -> Chequeo:
    """The server started at logon, where there is one, is alive."""
    asunto, este = "Servidor residente", equipo.residente
    if este.orden is None:
        return Chequeo(asunto, Estado.BIEN, "No se usa: Excel inicia Python cuando lo necesita.")
    if este.apagado:
        return Chequeo(
            asunto,
            Estado.AVISO,
            "Está deshabilitado en el Administrador de tareas.",
            "Habilítelo en la ficha Inicio, o ejecute «zedxl instalar --residente».",
        )
    if str(equipo.python.interprete).casefold() not in este.orden.casefold():
        return Chequeo(asunto, Estado.AVISO, f"Usa otro Python: {este.orden}", "Ejecute «zedxl instalar --residente».")
    if not este.corriendo:
        return Chequeo(
            asunto,
            Estado.AVISO,
            "No está en marcha.",
            "Ejecute «zedxl instalar --residente», o cierre la sesión de Windows y vuelva a entrar.",
        )
    return Chequeo(asunto, Estado.BIEN, "En marcha.")


def procesos_hijos(equipo: Equipo) -> Chequeo:
    """Defender lets Excel start Python, or Excel need not."""
    asunto, regla = "Defender", equipo.seguridad.defender
    if regla not in (_BLOQUEA, _PREGUNTA):
        return Chequeo(asunto, Estado.BIEN, "No se ve ninguna regla que impida a Excel iniciar Python.")
    accion = "no deja" if regla == _BLOQUEA else "pregunta antes de dejar"
    explicacion = f"Una regla de seguridad {accion} que Excel inicie otros programas, como Python"
    if equipo.residente.corriendo:
        return Chequeo(asunto, Estado.BIEN, f"{explicacion}; el servidor residente lo hace innecesario.")
    return Chequeo(
        asunto,
        Estado.MAL if regla == _BLOQUEA else Estado.AVISO,
        f"{explicacion}.",
        "Ejecute «zedxl instalar --residente»: así lo inicia Windows y no Excel.",
    )


REQUISITOS: tuple[Regla, ...] = (python, xlwings)
"""What must be right before anything is installed."""

REGLAS: tuple[Regla, ...] = (
    *REQUISITOS,
    excel,
    configuracion,
    complemento,
    macros,
    marca_de_internet,
    procesos_hijos,
    residente,
)


def de_la_tienda(ruta: PureWindowsPath) -> bool:
    """Whether a program comes from the Microsoft Store, by the folder where it lies."""
    return _TIENDA in (parte.casefold() for parte in ruta.parts)


def _en_confianza(equipo: Equipo) -> bool:
    libro = equipo.libro
    return libro is not None and any(ubicacion.cubre(libro.ruta) for ubicacion in equipo.seguridad.confiadas)
