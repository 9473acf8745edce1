"""Captures of amps and pedals: `.nam` and AIDA-X files, from the file to the sound.

::

    read.py ─→ network.py (what the file says) ─→ compile.py, program.py (steps for) run.py ─┐
      wavenet.py simple.py aidax.py                            recurrent.py ─────┴─→ player.py ─→ modules/neural/amp.py
"""
