"""Captures of amps and pedals: `.nam`, AIDA-X and GuitarML files, from the file to the sound.

::

    read.py ─→ network.py (what the file says) ─→ compile.py, program.py (steps for) run.py ─┬─→ player.py
      wavenet.py simple.py aidax.py guitarml.py                            recurrent.py ───┘ for modules/neural/amp.py
"""
