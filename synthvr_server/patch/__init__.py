"""The patch: pure data and what can be done to it. Imports neither asyncio, pyo nor websockets."""
