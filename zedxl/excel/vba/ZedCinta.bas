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

' getVisible of the tab: a book with macros of its own shows its tab, and the add-in then hides its own.
Public Sub AlPreguntarSiSeVe(control As IRibbonControl, ByRef visible As Variant)
    visible = True
    If control.ID = "tabPEI_complemento" Then visible = Not TieneLaSuya(ActiveWorkbook)
End Sub

' Whether a book's own macros answer: they do not when Excel blocks them.
Private Function TieneLaSuya(ByVal libro As Object) As Boolean
    If libro Is Nothing Then Exit Function
    On Error GoTo No
    Application.Run "'" & Replace(libro.Name, "'", "''") & "'!{{CINTA_DEL_LIBRO}}.Responder"
    TieneLaSuya = True
No:
End Function

' Only that it can be run matters.
Public Sub Responder()
End Sub

Public Sub Refrescar()
    On Error Resume Next        ' Excel calls this at every change of book: a ribbon that is gone must not stop anybody
    If Not m_cinta Is Nothing Then m_cinta.Invalidate
End Sub

Private Sub Terminar()
    Application.Cursor = xlDefault
    Application.StatusBar = False
End Sub
