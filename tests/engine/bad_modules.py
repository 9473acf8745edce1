"""Module files of somebody who did not mean well, or did not look: what each of them must not keep from playing.

``FILES``: name → (text of the file, what the sentence about it says). Those of ``LATE`` pass every trial, and do their
worst when they have played for a while.
"""

from __future__ import annotations

_KERNEL = '''"""Zoo"""
import os, sys, time
import numpy as np
from synthvr_server.module import Input, Knob, Module, Output, State, kernel

class Zoo(Module):
    """One of the zoo."""
    title = "Zoo"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    @kernel
    def process(audio, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
{body}
'''
_PLAY = '''"""Zoo"""
import os, sys, time
import numpy as np
from synthvr_server.module import Input, Module, Output

class Zoo(Module):
    """One of the zoo."""
    title = "Zoo"
    audio = Input("In", "audio")
    out = Output("Out", "audio")

    def prepare(self):
        self.blocks = 0
{prepare}

    def play(self, audio, out):
        self.blocks += 1
        out[:] = audio
{play}
'''


def _kernel(body: str) -> str:
    return _KERNEL.format(body=" " * 16 + body)


def play_of(play: str = "pass", prepare: str = "pass") -> str:
    return _PLAY.format(prepare=" " * 8 + prepare, play=" " * 8 + play)


GOOD = _kernel("out[frame, voice] = audio[frame, voice]")

FILES: dict[str, tuple[str | bytes, str]] = {
    "hang_at_import": (GOOD + "\nwhile True: pass\n", r"hangs as it is loaded \(line 18\)"),
    "sleep_at_import": (GOOD + "\ntime.sleep(1e6)\n", r"hangs as it is loaded \(line 18\)"),
    "exit_at_import": (GOOD + "\nsys.exit(3)\n", r"line 18.*SystemExit: 3"),
    "leave_at_import": (GOOD + "\nos._exit(3)\n", r"line 18.*os\._exit\(3\)"),
    "abort_at_import": (GOOD + "\nos.abort()\n", r"ends the process as it is loaded \(line 18, SIGABRT\)"),
    "crash_at_import": (GOOD + "\nimport ctypes; ctypes.string_at(0)\n", r"as it is loaded \(line 18, SIGSEGV\)"),
    "forks_at_import": (GOOD + "\nif not os.fork(): time.sleep(1e6)\n", r"cannot fork.*\(line 18\)"),
    "pool_at_import": (
        GOOD + "\nimport multiprocessing\nPOOL = multiprocessing.get_context('fork').Pool(2)\n",
        r"cannot fork.*\(line 19\)",
    ),
    "raise_at_import": (GOOD + "\n1 / 0\n", r"line 18.*ZeroDivisionError"),
    "missing_library": ("import nonsense_library\n", r"line 1.*nonsense_library"),
    "recursion": (GOOD + "\ndef f(): f()\nf()\n", r"line 18.*RecursionError"),
    "deep": ("x = " + "(" * 100_000, r"line 1"),
    "syntax": ("def (", r"line 1.*invalid syntax"),
    "not_utf_8": (b"x = '\xff\xfe'\n", r"cannot be loaded.*(utf-8|encoding)"),
    "zero_bytes": (b"\0" * 100, r"cannot be loaded.*null"),
    "enormous": (b"#" * (2 << 20), r"larger than 1 MB"),
    "nothing": ("", r"declares 0"),
    "wrong_kind": (
        GOOD.replace('"In", "audio"', '"In", "sound"'),
        r"kind must be one of audio, cv.*'sound' \(line 9\)",
    ),
    "wrong_title": (GOOD.replace('title = "Zoo"', "title = 5"), r"title must be a text"),
    "torn_title": (GOOD.replace('title = "Zoo"', 'title = "\\ud800"'), r"title has characters that cannot be shown"),
    "terminal_title": (GOOD.replace('title = "Zoo"', 'title = "\\x1b[2J"'), r"title has characters that cannot"),
    "endless_tags": (GOOD.replace('title = "Zoo"', 'title = "Zoo"; tags = ("x",) * 100_000'), r"256 at most"),
    "endless_choices": (
        GOOD.replace("    @", '    knob = Knob("K", 0, 999_999, choices=("c",) * 1_000_000)\n    @'),
        r"choices must be a tuple of texts, 256 at most",
    ),
    "endless_texts": (
        GOOD.replace('title = "Zoo"', 'title = "Zoo"; tags = tuple(f"{n:04}" * 1000 for n in range(200))'),
        r"more than 256 KB of the catalogue",
    ),
    "endless_panel": (
        GOOD.replace("    @", '    vars().update((f"k{n}", Knob("K")) for n in range(600))\n    @'),
        r"more than 512 jacks and knobs",
    ),
    "nameless_jack": (GOOD.replace("    @", '    vars()["in put"] = Input("In")\n    @'), r"rename 'in put'"),
    "wide_knob": (GOOD.replace("    @", '    knob = Knob("K", -1e300, 1e300)\n    @'), r"its range must lie between"),
    "endless_glide": (
        GOOD.replace("    @", '    knob = Knob("K", glide=1e300)\n    @'),
        r"glide must be from 0 to 10 s",
    ),
    "endless_latency": (
        GOOD.replace('title = "Zoo"', 'title = "Zoo"; latency = 1e300'),
        r"latency must be from 0 to 10 s",
    ),
    "takes_all_files": (GOOD.replace('title = "Zoo"', 'title = "Zoo"; made_of = ("",)'), r"made_of must be suffixes"),
    "wrong_columns": (GOOD.replace('title = "Zoo"', 'title = "Zoo"; columns = 0'), r"columns must be a whole number"),
    "wrong_channels": (GOOD.replace('title = "Zoo"', 'title = "Zoo"; channels = 99'), r"channels must be None"),
    "wrong_latency": (GOOD.replace('title = "Zoo"', 'title = "Zoo"; latency = "late"'), r"latency must be a finite"),
    "wrong_state": (
        GOOD.replace("(audio, out)", "(audio, out, s)").replace("    @", "    s = State(np.complex64)\n    @"),
        r"complex64",
    ),
    "huge_state": (
        GOOD.replace("(audio, out)", "(audio, out, s)").replace("    @", "    s = State(shape=(1 << 40,))\n    @"),
        r"(memory|allocate)",
    ),
    "does_not_compile": (_kernel('out[frame, voice] = audio[frame, voice] + "volts"'), r"\(line 16\) does not compile"),
    "import_in_a_kernel": (_kernel("import math"), r"\(line 16\) does not compile.*IMPORT_NAME"),
    "wrong_index": (_kernel("out[frame + 1, voice] = audio[frame, voice]"), r"line 12.*beside an array"),
    "far_index": (_kernel("out[frame + 99_999_999, voice] = 1"), r"line 12.*beside an array"),
    "index_that_is_heard": (
        _kernel("out[frame + (1 << 40) * int(audio[frame, voice] > 4), voice] = 1"),
        r"line 12.*beside an array",
    ),
    "endless_kernel": (_kernel("while audio[frame, voice] < 24: out[0, 0] += 1"), r"hangs as it plays \(line 12\)"),
    "raise_in_prepare": (play_of(prepare="1 / 0"), r"ZeroDivisionError: .*line 14"),
    "exit_in_prepare": (play_of(prepare="sys.exit(3)"), r"SystemExit: 3.*line 14"),
    "leave_in_prepare": (play_of(prepare="os._exit(3)"), r"os\._exit\(3\).*line 14"),
    "hang_in_prepare": (play_of(prepare="while True: pass"), r"hangs as it is made ready to play \(line 14\)"),
    "raise_in_play": (play_of("[][1]"), r"IndexError: .*line 19"),
    "leave_in_play": (play_of("os._exit(3)"), r"os\._exit\(3\).*line 19"),
    "hang_in_play": (play_of("while self.blocks == 20: pass"), r"hangs as it plays \(line 19\)"),
    "crash_in_play": (
        play_of("import ctypes; ctypes.string_at(0)"),
        r"ends the process as it plays \(line 19, SIGSEGV\)",
    ),
    "eats_memory": (play_of(prepare="self.all = [bytearray(1 << 30) for _ in range(99)]"), r"MemoryError.*line 14"),
    "escapes": (GOOD + '\nraise ValueError("\\x1b[2J\\x1b]0;owned\\a red")\n', r"ValueError: \?\[2J\?\]0;owned\? red"),
    "slow": (play_of("time.sleep(0.02)"), r"takes \d+ ms for a block that lasts 1\.3 ms"),
    "wrong_shape": (play_of("out.shape = 7"), r"line 19"),
}

LATE = {
    "late_hang": play_of("while self.blocks > 600: pass"),
    "late_sleep": play_of("time.sleep(1e6 if self.blocks > 600 else 0)"),
    "late_slow": play_of("time.sleep(0.3 if self.blocks > 600 else 0)"),
    "late_exit": play_of("os._exit(3) if self.blocks > 600 else None"),
    "late_crash": play_of("import ctypes; ctypes.string_at(0) if self.blocks > 600 else None"),
    "late_kernel": _KERNEL.replace("out = ", "n = State(np.int64)\n    out = ")
    .replace("(audio, out)", "(audio, n, out)")
    .format(body=" " * 16 + "n[voice] += 1\n" + " " * 16 + "while n[voice] > 60_000: out[0, 0] += 1"),
}
