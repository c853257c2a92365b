@echo off
rem Says what keeps zedxl from working in the Excel of this PC. ASCII only, as in instalar.cmd.
setlocal
set "PY=%LOCALAPPDATA%\zedxl\venv\Scripts\python.exe"
if not exist "%PY%" (
    echo zedxl no esta instalado en este equipo. Ejecute instalar.cmd.
    pause
    exit /b 1
)
"%PY%" -m zedxl diagnostico %*
set "SALIDA=%ERRORLEVEL%"
pause
exit /b %SALIDA%
