"""The command ``zedxl``."""

from __future__ import annotations

import gc
import sys

from zedxl import __version__


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 findings to look at, 2 wrong use or input."""
    if sys.argv[1:] == ["--version"]:
        # asked by installers and diagnostics all the time: answered before anything is loaded
        print(f"zedxl {__version__}")
        return
    # a command lives briefly: looking for garbage every 700 objects would cost it a tenth of its time
    gc.set_threshold(1_000_000)
    from zedxl.cli import ejecutar

    sys.exit(ejecutar(sys.argv[1:]))


if __name__ == "__main__":
    main()
