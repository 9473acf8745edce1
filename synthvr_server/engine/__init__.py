"""The engine process: it owns the sound. Importing this package imports neither pyo nor numba."""
