"""Sum: all channels of the cable → + → level → out"""

from synthvr_server.module import Input, Knob, Module, Output, kernel


class Sum(Module):
    """Adds the channels of a poly cable into one."""

    title = "Sum"
    tags = ("mixer", "polyphonic to mono")
    channels = 1  # an audio jack of a mono module sums what it is given

    audio = Input("In", "audio")
    level = Knob("Level", 0.0, 1.0, default=1.0)
    out = Output("Out", "audio")

    @kernel
    def process(audio, level, out):
        for frame in range(out.shape[0]):
            for voice in range(out.shape[1]):
                out[frame, voice] = audio[frame, voice] * level[frame]
