' The bridge from Excel to Python. Only Subs are Public here, because no cell can call a Sub.
Option Explicit
Option Private Module

{{DECLARACIONES_DE_XLWINGS}}

Private Const CLSID_RESIDENTE As String = "{{CLSID_RESIDENTE}}"
Private Const MODULO_DE_FUNCIONES As String = "udfs.excel"
Private Const MODULO_DE_BOTONES As String = "zedxl.excel.botones"
Private Const INICIO_DE_ERROR As String = vbVerticalTab     ' no cell can begin with it: udfs/excel.py puts it before an error
Private Const MAXIMO_DE_CELDAS As Long = 200000
Private Const MAXIMO_DE_MOTIVOS As Long = 20
Private Const SIN_SERVIDOR As Long = vbObjectError + 513
Private Const SEGUNDOS_SIN_REINTENTAR As Long = 30

Private m_servidor As Object        ' kept: looking for it at every call costs more than the call
Private m_orden As String           ' what xlwings' DLL is to start, or the class to attach to
Private m_falla As String           ' why there is no server
Private m_no_antes_de As Date       ' until then a failed start is not tried again: a book has hundreds of cells
Private m_motivos As Collection     ' why cells show an error: Array(cell, reason), by cell

' The result of a function of zedxl for a cell: what Python computes, or an error value of Excel's.
Public Sub Llamar(ByVal funcion As String, ByVal argumentos As Variant, ByRef resultado As Variant)
    Dim valores As Variant, motivo As String
    #If Mac Then
        resultado = CVErr(xlErrNA)
    #Else
        motivo = TomarValores(argumentos, valores)
        If motivo = "" Then
            resultado = Calcular(funcion, valores, motivo)
        Else
            resultado = CVErr(xlErrValue)
        End If
        Anotar motivo
    #End If
End Sub

' What a button of the ribbon does: respuesta becomes Array(icon of a MsgBox, text), the text empty when there is nothing to say.
Public Sub Ordenar(ByVal boton As String, ByVal libro As Object, ByRef respuesta As Variant)
    #If Mac Then
        respuesta = Array(vbExclamation, "Los botones de PEI funcionan en Excel para Windows.")
    #Else
        Dim nombre As String
        m_falla = ""                ' who presses a button has perhaps just mended it
        OlvidarSiMurio
        Conectar
        On Error GoTo Fallo
        If libro Is Nothing Then
            respuesta = m_servidor.CallUDF(MODULO_DE_BOTONES, "PULSAR", Array(boton, "", Motivos()))
        Else
            nombre = libro.Name
            respuesta = m_servidor.CallUDF(MODULO_DE_BOTONES, "PULSAR", Array(boton, nombre, Motivos()), libro)
        End If
        Exit Sub
Fallo:
        Dim descripcion As String
        descripcion = Err.Description   ' any call may clear Err
        OlvidarSiMurio                  ' not tried again: what the button does may have been half done
        If Not m_servidor Is Nothing Then Err.Raise SIN_SERVIDOR, "zedxl", PrimeraLinea(descripcion)
        Err.Raise SIN_SERVIDOR, "zedxl", "Python se cerr" & ChrW$(243) & " antes de terminar. Revise el resultado y pulse otra vez el bot" & ChrW$(243) & "n."
    #End If
End Sub

Private Function Calcular(ByVal funcion As String, ByRef valores As Variant, ByRef motivo As String) As Variant
    Dim intento As Long, descripcion As String
    On Error GoTo Fallo
Otra:
    Conectar
    ' in parentheses: by value, or COM would carry everything back as well
    Calcular = ConErrores(m_servidor.CallUDF(MODULO_DE_FUNCIONES, (funcion), (valores)), motivo)
    Exit Function
Fallo:
    descripcion = Err.Description       ' any call may clear Err
    intento = intento + 1
    OlvidarSiMurio
    If intento = 1 And m_servidor Is Nothing And m_falla = "" Then Resume Otra
    motivo = PrimeraLinea(descripcion)
    Calcular = CVErr(xlErrNA)
End Function

' --- Arguments and results

' Puts the values of argumentos into valores, those of ranges too; gives what is wrong with one, or "".
Private Function TomarValores(ByVal argumentos As Variant, ByRef valores As Variant) As String
    Dim tomados() As Variant, i As Long
    ReDim tomados(LBound(argumentos) To UBound(argumentos))
    For i = LBound(argumentos) To UBound(argumentos)
        If IsObject(argumentos(i)) Then
            TomarValores = Reparo(argumentos(i))
            If TomarValores <> "" Then Exit Function
            tomados(i) = argumentos(i).Value2
        Else
            If IsArray(argumentos(i)) Then
                If Elementos(argumentos(i)) > MAXIMO_DE_CELDAS Then TomarValores = DemasiadasCeldas()
                If TomarValores <> "" Then Exit Function
            End If
            tomados(i) = argumentos(i)
        End If
    Next i
    valores = tomados
End Function

Private Function Reparo(ByVal rango As Object) As String
    If rango.Areas.Count > 1 Then
        Reparo = "Se dieron varias zonas a la vez; d" & ChrW$(233) & " un solo rango, por ejemplo A2:A50."
    ElseIf rango.Rows.Count = rango.Worksheet.Rows.Count Or rango.Columns.Count = rango.Worksheet.Columns.Count Then
        Reparo = "Se dio una columna o una fila entera; d" & ChrW$(233) & " solo las celdas con datos, por ejemplo A2:A50."
    ElseIf rango.CountLarge > MAXIMO_DE_CELDAS Then
        Reparo = DemasiadasCeldas()
    End If
End Function

Private Function DemasiadasCeldas() As String
    DemasiadasCeldas = "El rango tiene m" & ChrW$(225) & "s de 200 000 celdas; d" & ChrW$(233) & " solo las que tienen datos."
End Function

' How many values there are in what another formula computed.
Private Function Elementos(ByRef valor As Variant) As Double
    Elementos = UBound(valor, 1) - LBound(valor, 1) + 1
    If Dimensiones(valor) = 2 Then Elementos = Elementos * (UBound(valor, 2) - LBound(valor, 2) + 1)
End Function

' The result with Excel's own errors in the place of those that Python names; motivo becomes the first reason.
Private Function ConErrores(ByVal resultado As Variant, ByRef motivo As String) As Variant
    Dim i As Long, j As Long
    If Not IsArray(resultado) Then
        ConErrores = ComoCelda(resultado, motivo)
        Exit Function
    End If
    If Dimensiones(resultado) = 1 Then
        For i = LBound(resultado) To UBound(resultado)
            resultado(i) = ComoCelda(resultado(i), motivo)
        Next i
    Else
        For i = LBound(resultado, 1) To UBound(resultado, 1)
            For j = LBound(resultado, 2) To UBound(resultado, 2)
                resultado(i, j) = ComoCelda(resultado(i, j), motivo)
            Next j
        Next i
    End If
    ConErrores = resultado
End Function

Private Function ComoCelda(ByVal valor As Variant, ByRef motivo As String) As Variant
    Dim partes As Variant
    ComoCelda = valor
    If VarType(valor) <> vbString Then Exit Function
    If Left$(valor, 1) <> INICIO_DE_ERROR Then Exit Function
    partes = Split(valor, INICIO_DE_ERROR)
    ComoCelda = CVErr(NumeroDeError(partes(1)))
    If motivo = "" Then motivo = partes(2)
End Function

Private Function NumeroDeError(ByVal codigo As String) As Long
    Select Case codigo
        Case "#DIV/0!": NumeroDeError = xlErrDiv0
        Case "#N/A": NumeroDeError = xlErrNA
        Case "#NAME?": NumeroDeError = xlErrName
        Case "#NULL!": NumeroDeError = xlErrNull
        Case "#NUM!": NumeroDeError = xlErrNum
        Case "#REF!": NumeroDeError = xlErrRef
        Case Else: NumeroDeError = xlErrValue
    End Select
End Function

Private Function Dimensiones(ByRef tabla As Variant) As Long
    Dim ultima As Long
    On Error GoTo Una
    Dimensiones = 1
    ultima = UBound(tabla, 2)
    Dimensiones = 2
Una:
End Function

' --- Reasons of the errors in cells

Private Sub Anotar(ByVal motivo As String)
    Dim celda As String
    If motivo = "" And m_motivos Is Nothing Then Exit Sub
    celda = CeldaQueLlama()
    If celda = "" Then Exit Sub
    If m_motivos Is Nothing Then Set m_motivos = New Collection
    On Error Resume Next
    m_motivos.Remove celda
    On Error GoTo 0
    If motivo <> "" Then m_motivos.Add celda & ": " & motivo, celda
    If m_motivos.Count > MAXIMO_DE_MOTIVOS Then m_motivos.Remove 1
    If m_motivos.Count = 0 Then Set m_motivos = Nothing
End Sub

Private Function CeldaQueLlama() As String
    If TypeName(Application.Caller) = "Range" Then
        CeldaQueLlama = Application.Caller.Worksheet.Parent.Name & ", " & Application.Caller.Worksheet.Name & "!" & Application.Caller.Address(False, False)
    End If
End Function

Private Function Motivos() As String
    Dim motivo As Variant
    If m_motivos Is Nothing Then Exit Function
    For Each motivo In m_motivos
        Motivos = Motivos & motivo & vbLf
    Next motivo
End Function

' --- The server

Private Sub Conectar()
    If Not m_servidor Is Nothing Then Exit Sub
    If m_falla <> "" And Now < m_no_antes_de Then Err.Raise SIN_SERVIDOR, "zedxl", m_falla
    On Error GoTo Fallo
    ComprobarInterprete
    If Not Adjuntarse() Then Iniciar
    m_falla = ""
    Exit Sub
Fallo:
    m_falla = Err.Description
    m_no_antes_de = Now + SEGUNDOS_SIN_REINTENTAR / 86400
    Err.Raise SIN_SERVIDOR, "zedxl", m_falla
End Sub

Private Sub ComprobarInterprete()
    Dim interprete As String
    interprete = GetConfig("INTERPRETER_WIN")
    If interprete = "" Then Err.Raise SIN_SERVIDOR, "zedxl", "zedxl no est" & ChrW$(225) & " instalado en este equipo. Ejecute instalar.cmd y vuelva a abrir Excel."
    If Not FileExistsOnWindows(interprete) Then Err.Raise SIN_SERVIDOR, "zedxl", "No se encuentra Python en " & interprete & ". Ejecute otra vez instalar.cmd."
    If DLLDeXlwings(interprete) = "" Then Err.Raise SIN_SERVIDOR, "zedxl", "No se encuentra " & XLPyDLLName & " junto a " & interprete & ": la versi" & ChrW$(243) & "n de xlwings instalada no es la " & XLWINGS_VERSION & ". Ejecute otra vez instalar.cmd."
End Sub

' Where xlwings' DLL is: beside the interpreter or, in a virtual environment, one folder above; "" when it is in neither.
Private Function DLLDeXlwings(ByVal interprete As String) As String
    Dim carpeta As String, vez As Long
    carpeta = interprete
    For vez = 1 To 2
        If InStr(carpeta, "\") = 0 Then Exit Function
        carpeta = ParentFolder(carpeta)
        If FileExistsOnWindows(carpeta & "\" & XLPyDLLName) Then
            DLLDeXlwings = carpeta & "\" & XLPyDLLName
            Exit Function
        End If
    Next vez
End Function

' Whether there was a server started at logon to attach to: then Excel needs to start no process of its own.
Private Function Adjuntarse() As Boolean
    On Error GoTo NoHay
    m_orden = CLSID_RESIDENTE
    Set m_servidor = XLPy()
    Adjuntarse = True
NoHay:
End Function

' Without a console window (pythonw), and importing nothing from the folder of the book or from PYTHONPATH (-I).
Private Sub Iniciar()
    m_orden = Chr$(34) & GetConfig("INTERPRETER_WIN") & Chr$(34) & " -B -I -m zedxl.excel $(CLSID)"
    On Error GoTo Fallo
    Set m_servidor = XLPy()
    Exit Sub
Fallo:
    Dim descripcion As String
    descripcion = Err.Description
    Err.Raise SIN_SERVIDOR, "zedxl", "No se pudo iniciar Python: " & Left$(Replace(Replace(descripcion, vbCr, ""), vbLf, " "), 250) & " Puede haberlo impedido el antivirus: ejecute diagnostico.cmd."
End Sub

Private Sub OlvidarSiMurio()
    Dim eco As String
    If m_servidor Is Nothing Then Exit Sub
    On Error GoTo Murio
    eco = m_servidor.Str("")
    Exit Sub
Murio:
    Set m_servidor = Nothing
End Sub

Private Function PrimeraLinea(ByVal texto As String) As String
    PrimeraLinea = Left$(Split(Replace(texto, vbCr, vbLf) & vbLf, vbLf)(0), 250)
End Function

' --- What xlwings asks for

' The configuration comes from the user's own file alone: never from a sheet, nor from the folder of a book that somebody sent.
Private Function GetConfig(clave As String, Optional omision As String = "") As String
    Dim valor As String
    GetConfig = omision
    If GetConfigFromFile(Environ("USERPROFILE") & "\.zedxl\zedxl.conf", clave, valor) Then GetConfig = valor
End Function

Private Function XLPyCommand() As String
    XLPyCommand = m_orden
End Function

Private Function FileExists(ByVal ruta As String) As Boolean
    FileExists = FileExistsOnWindows(ruta)
End Function

{{PROCEDIMIENTOS_DE_XLWINGS}}
