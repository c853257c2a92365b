@echo off
rem Takes zedxl out of Excel and removes its Python environment. Books and reports stay.
rem ASCII only: cmd reads this file in whatever code page the PC has. Texts avoid words with accents.
setlocal
rem No program or module is taken from the current folder, where anybody may have put one.
set "NoDefaultCurrentDirectoryInExePath=1"
set "CARPETA=%LOCALAPPDATA%\zedxl"
set "PY=%CARPETA%\venv\Scripts\python.exe"
set "SALIDA=1"

if not exist "%PY%" goto carpeta
"%PY%" -I -m zedxl desinstalar
if not "%ERRORLEVEL%"=="0" (
    call :decir "No se pudo quitar todo. Siga lo que se indica arriba y ejecute otra vez desinstalar.cmd."
    goto fin
)

:carpeta
if exist "%CARPETA%" rmdir /s /q "%CARPETA%"
if exist "%CARPETA%" (
    call :decir "No se pudo borrar del todo esta carpeta. Cierre Excel y los programas que la usan, y ejecute otra vez desinstalar.cmd:"
    echo "%CARPETA%"
    goto fin
)
echo.
echo Listo: no queda nada de zedxl en este equipo. Sus libros e informes se conservan.
set "SALIDA=0"

:fin
pause
exit /b %SALIDA%

:decir
echo.
echo %~1
exit /b 0
