"""What the log calls the commands that change a book (column Origen)."""

REGISTRO = "registrar"
APERTURA = "abrir-semestre"
REAPERTURA = "abrir-semestre (reapertura)"
CIERRE = "cerrar-semestre"
FUSION = "fusionar"
