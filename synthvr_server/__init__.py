"""SynthVR: the backend of a modular synthesizer that is played in virtual reality."""

__version__ = "0.1.0"
