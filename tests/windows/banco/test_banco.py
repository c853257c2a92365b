"""What is laid out for the Windows Python, as far as it can be told without wine."""

from __future__ import annotations

from tests.windows.__main__ import PROYECTO
from tests.windows.banco.ruedas import para_windows, pedidas

CANDADO = """# written by uv
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:aa
    # via pandas
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via pandas
psutil==7.2.2 ; sys_platform == 'darwin' \\
    --hash=sha256:dd
pywin32==312 ; sys_platform == 'win32' \\
    --hash=sha256:ee
"""


def test_a_lock_is_judged_by_the_markers_of_windows_and_keeps_its_hashes() -> None:
    assert para_windows(CANDADO) == {
        "numpy": "numpy==2.5.5 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n",
        "pywin32": "pywin32==312 \\\n    --hash=sha256:ee\n",
    }


def test_the_versions_are_those_of_the_project() -> None:
    candado = (PROYECTO / "requirements.lock").read_text("utf-8")
    version = next(linea for linea in candado.splitlines() if linea.startswith("xlwings=="))
    assert version in pedidas(PROYECTO).splitlines()
    assert "pytest==" in pedidas(PROYECTO)
