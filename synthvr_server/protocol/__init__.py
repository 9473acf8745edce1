"""Protocol v1 without I/O: bytes in, events out. Imports patch/ only."""
