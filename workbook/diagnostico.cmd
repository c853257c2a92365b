@echo off
rem Says what keeps zedxl from working in the Excel of this PC. ASCII only, as in instalar.cmd.
setlocal
rem No program or module is taken from the current folder, where anybody may have put one.
set "NoDefaultCurrentDirectoryInExePath=1"
set "PY=%LOCALAPPDATA%\zedxl\venv\Scripts\python.exe"
if not exist "%PY%" (
    echo zedxl no esta instalado en este equipo. Ejecute instalar.cmd.
    pause
    exit /b 1
)
"%PY%" -I -m zedxl diagnostico %*
set "SALIDA=%ERRORLEVEL%"
pause
exit /b %SALIDA%
