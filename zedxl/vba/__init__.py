"""A VBA project written from the text of its modules: the vbaProject.bin that Excel compiles when it opens the file.

What is written is the least that Excel needs, the same that other writers of the format write: the source of each
module, compressed, and none of the compiled code that Excel itself would leave beside it. The chapters named in the
code are those of Microsoft's open specifications [MS-OVBA] (VBA projects) and [MS-CFB] (compound files).
"""

from zedxl.vba.modulo import Clase, Modulo, VBAInvalido, es_nombre_libre
from zedxl.vba.proyecto import compilar

__all__ = ["Clase", "Modulo", "VBAInvalido", "compilar", "es_nombre_libre"]
