"""The engine process: it owns the sound. Importing this package imports neither pyo nor numba."""

import os

os.environ.setdefault("PYO_GUI_WX", "0")  # without it, importing pyo prints a notice about wxPython
