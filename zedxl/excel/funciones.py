"""The VBA module with one function for each of those typed in cells, written from their registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from udfs.registro import CATEGORIA, Argumento, Funcion

_LARGO_DE_AYUDA = 255  # what Application.MacroOptions takes
_PARA_CELDAS = r'" \n14"'  # what Excel writes for a function that a cell may call


def modulo_de_funciones(funciones: Mapping[str, Funcion]) -> str:
    r"""VBA source that defines every function and registers its Spanish help with the function wizard.

    >>> from udfs import FUNCIONES
    >>> print(modulo_de_funciones({"COBERTURA": FUNCIONES["COBERTURA"]}).split("' ---")[0])
    ' Written by zedxl/excel/funciones.py from the registry of functions.
    Option Explicit
    <BLANKLINE>
    Private m_explicadas As Boolean
    <BLANKLINE>
    Public Function COBERTURA(avances) As Variant
    Attribute COBERTURA.VB_Description = "Parte de las AEI programadas que tiene avance reportado, de 0 a 100."
    Attribute COBERTURA.VB_ProcData.VB_Invoke_Func = " \n14"
        Dim resultado As Variant
        Llamar "COBERTURA", Array(avances), resultado
        COBERTURA = resultado
    End Function
    <BLANKLINE>
    <BLANKLINE>
    """
    lineas = ["' Written by zedxl/excel/funciones.py from the registry of functions.", "Option Explicit", ""]
    lineas += ["Private m_explicadas As Boolean", ""]
    for funcion in funciones.values():
        lineas += _funcion(funcion)
    lineas += _ayuda(funciones.values())
    return "\n".join(lineas) + "\n"


def _funcion(funcion: Funcion) -> Iterator[str]:
    nombre = funcion.nombre
    parametros = ", ".join(map(_parametro, funcion.argumentos))
    yield f"Public Function {nombre}({parametros}) As Variant"
    yield f'Attribute {nombre}.VB_Description = "{_entre_comillas(funcion.descripcion)}"'
    yield f"Attribute {nombre}.VB_ProcData.VB_Invoke_Func = {_PARA_CELDAS}"
    yield "    Dim resultado As Variant"
    yield f'    Llamar "{nombre}", Array({", ".join(a.nombre for a in funcion.argumentos)}), resultado'
    yield f"    {nombre} = resultado"
    yield "End Function"
    yield ""


def _parametro(argumento: Argumento) -> str:
    return f"Optional {argumento.nombre}" if argumento.opcional else argumento.nombre


def _ayuda(funciones: Iterable[Funcion]) -> Iterator[str]:
    yield _REGISTRO.replace("{{CATEGORIA}}", CATEGORIA)
    for numero, funcion in enumerate(funciones):
        yield f"    Case {numero}"
        yield f"        ReDim ayudas(0 To {len(funcion.argumentos) - 1})"
        for lugar, argumento in enumerate(funcion.argumentos):
            yield f"        ayudas({lugar}) = {_en_ascii(argumento.ayuda)}"
        yield f'        Explicar "{funcion.nombre}", {_en_ascii(funcion.descripcion)}, ayudas'
    yield "    Case Else"
    yield "        ExplicarFuncion = False"
    yield "    End Select"
    yield "End Function"


def _en_ascii(texto: str) -> str:
    """A VBA expression for a text, the same under every code page.

    >>> _en_ascii('Año «I»')
    '"A" & ChrW$(241) & "o " & ChrW$(171) & "I" & ChrW$(187)'
    """
    trozos: list[str] = []
    llano = ""
    for letra in texto[:_LARGO_DE_AYUDA]:
        if " " <= letra <= "~":
            llano += letra
            continue
        if llano:
            trozos.append(f'"{_entre_comillas(llano)}"')
            llano = ""
        trozos.append(f"ChrW$({ord(letra)})")
    if llano or not trozos:
        trozos.append(f'"{_entre_comillas(llano)}"')
    return " & ".join(trozos)


def _entre_comillas(texto: str) -> str:
    return texto[:_LARGO_DE_AYUDA].replace('"', '""')


_REGISTRO = """' --- Help for the function wizard

' Excel refuses while no book is open and, in some versions, for a hidden add-in: so it is tried again, in sight.
Public Sub RegistrarAyuda()
    If m_explicadas Then Exit Sub
    ExplicarTodas
    If m_explicadas Or Not ThisWorkbook.IsAddin Or ActiveWorkbook Is Nothing Then Exit Sub
    m_explicadas = True     ' once in sight, with success or without
    Application.ScreenUpdating = False
    Application.EnableEvents = False
    On Error Resume Next
    ThisWorkbook.IsAddin = False
    ExplicarTodas
    ThisWorkbook.IsAddin = True
    Application.EnableEvents = True
    Application.ScreenUpdating = True
End Sub

Private Sub ExplicarTodas()
    Dim guardado As Boolean, numero As Long
    guardado = ThisWorkbook.Saved
    On Error GoTo Rechazado
    Do While ExplicarFuncion(numero)
        numero = numero + 1
    Loop
    m_explicadas = True
Rechazado:
    ThisWorkbook.Saved = guardado
End Sub

Private Sub Explicar(ByVal funcion As String, ByVal descripcion As String, ByRef ayudas() As String)
    Application.MacroOptions Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & funcion, _
        Description:=descripcion, Category:="{{CATEGORIA}}", ArgumentDescriptions:=ayudas
End Sub

Private Function ExplicarFuncion(ByVal numero As Long) As Boolean
    Dim ayudas() As String
    ExplicarFuncion = True
    Select Case numero"""
