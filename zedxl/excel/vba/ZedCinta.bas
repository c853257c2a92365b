' Callbacks of the ribbon. Which buttons there are, and what each does, is decided in Python: zedxl/excel/cinta.py and botones.py.
Option Explicit

Private m_cinta As IRibbonUI

Public Sub AlCargar(cinta As IRibbonUI)
    Set m_cinta = cinta
End Sub

Public Sub AlPulsar(control As IRibbonControl)
    Dim respuesta As Variant, libro As Object
    Set libro = ActiveWorkbook
    On Error GoTo Fallo
    Application.Cursor = xlWait
    Ordenar control.ID, libro, respuesta
    Terminar
    If respuesta(1) <> "" Then MsgBox respuesta(1), respuesta(0), "zedxl"
    Exit Sub
Fallo:
    Dim motivo As String
    motivo = Err.Description
    Terminar
    MsgBox motivo, vbCritical, "zedxl"
End Sub

' getEnabled; the tag says what a button needs: nothing, a book, or a book that has a folder.
Public Sub AlPreguntarSiSirve(control As IRibbonControl, ByRef sirve As Variant)
    sirve = True
    If control.Tag = "nada" Then Exit Sub
    sirve = Not ActiveWorkbook Is Nothing
    If sirve And control.Tag = "carpeta" Then sirve = (ActiveWorkbook.Path <> "")
End Sub

' getVisible of the tab: that of a book hides while the add-in shows its own.
Public Sub AlPreguntarSiSeVe(control As IRibbonControl, ByRef visible As Variant)
    visible = True
    If control.ID = "tabPEI_libro" Then visible = Not EstaElComplemento()
End Sub

Public Sub Refrescar()
    If Not m_cinta Is Nothing Then m_cinta.Invalidate
End Sub

Private Function EstaElComplemento() As Boolean
    Dim complemento As Object
    On Error Resume Next
    Set complemento = Application.Workbooks("zedxl.xlam")
    EstaElComplemento = Not complemento Is Nothing
End Function

Private Sub Terminar()
    Application.Cursor = xlDefault
    Application.StatusBar = False
End Sub
