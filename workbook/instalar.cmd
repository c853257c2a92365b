@echo off
rem Installs zedxl for the user of this PC: its own Python environment, and the add-in in Excel.
rem ASCII only: cmd reads this file in whatever code page the PC has. Texts avoid words with accents.
setlocal
rem No program or module is taken from the current folder, where anybody may have put one.
set "NoDefaultCurrentDirectoryInExePath=1"
set "ENTORNO=%LOCALAPPDATA%\zedxl\venv"
set "PY=%ENTORNO%\Scripts\python.exe"
set "PIP_DISABLE_PIP_VERSION_CHECK=1"
set "PYTHON="
set "SALIDA=1"
pushd "%~dp0"

if not exist "..\requirements.lock" (
    call :decir "Falta el resto de zedxl. Extraiga todo el contenido del archivo zip en una carpeta y ejecute desde ella instalar.cmd."
    goto fin
)

call :probar py -3
call :probar python
for /d %%D in ("%LOCALAPPDATA%\Programs\Python\Python3*" "%LOCALAPPDATA%\Python\pythoncore-3*") do call :probar "%%D\python.exe"
if not defined PYTHON (
    call :decir "No se encuentra Python 3.11 o posterior, de 64 bits (el de Microsoft Store no sirve). Descargue Python de https://www.python.org/downloads/windows/ , elija Install Now y ejecute otra vez instalar.cmd."
    goto fin
)

rem Without internet: a folder "paquetes" beside this file, with the wheels of requirements.lock and that of zedxl.
set "FUENTE="
set "ZEDXL=.."
if exist "paquetes\" set "FUENTE=--no-index --find-links paquetes"
if exist "paquetes\" set "ZEDXL=zedxl"

echo Preparando zedxl en "%ENTORNO%" ...
"%PY%" -c "" >nul 2>nul
if not "%ERRORLEVEL%"=="0" %PYTHON% -I -m venv --clear "%ENTORNO%"
if not "%ERRORLEVEL%"=="0" (
    call :decir "No se pudo crear el entorno de Python. Cierre Excel, ejecute desinstalar.cmd y luego otra vez instalar.cmd."
    goto fin
)
"%PY%" -I -m pip install -q %FUENTE% --require-hashes --only-binary :all: -r "..\requirements.lock"
if not "%ERRORLEVEL%"=="0" (
    call :decir "No se pudieron instalar los componentes. Revise que haya internet o, sin internet, la carpeta paquetes. Si zedxl ya funcionaba en este equipo, cierre Excel y ejecute antes desinstalar.cmd. Si el antivirus lo impide, muestre esta ventana a soporte."
    goto fin
)
"%PY%" -I -m pip install -q %FUENTE% --no-deps --force-reinstall "%ZEDXL%"
if not "%ERRORLEVEL%"=="0" (
    call :decir "No se pudo instalar zedxl. Revise que haya internet o, sin internet, la carpeta paquetes."
    goto fin
)
"%PY%" -I -m zedxl instalar
if not "%ERRORLEVEL%"=="0" (
    call :decir "No se pudo completar. Siga lo que se indica arriba y ejecute otra vez instalar.cmd."
    goto fin
)

echo.
echo Esta carpeta: "%~dp0"
echo Escriba S y pulse Entrar si quiere que Excel abra sin bloquear las macros de los libros
set /p "RESPUESTA=de esta carpeta (hay que confiar en todo lo que se guarde en ella). Si no, solo Entrar: "
if /i not "%RESPUESTA%"=="S" goto listo
"%PY%" -I -m zedxl instalar --confiar "%~dp0."
if not "%ERRORLEVEL%"=="0" (
    call :decir "zedxl ya funciona en Excel, pero las macros de esta carpeta pueden aparecer bloqueadas por lo que se indica arriba."
    goto fin
)

:listo
echo.
echo Listo. Abra Excel y busque la ficha PEI.
set "SALIDA=0"

:fin
popd
pause
exit /b %SALIDA%

:probar
if defined PYTHON exit /b 0
%* -I -c "import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32 or 'windowsapps' in sys.base_prefix.lower())" >nul 2>nul
if "%ERRORLEVEL%"=="0" set PYTHON=%*
exit /b 0

:decir
echo.
echo %~1
exit /b 0
