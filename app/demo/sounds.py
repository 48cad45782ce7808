"""Signals of a machine as recordings, made from lines of a pitch in hertz and how many seconds it sounds: `880 0.3`."""

import io
import math
import struct
import wave

RATE = 8000
LOUD = 9000
FADE = 80
"""Samples at either end of a note that swell and die away, or it would click."""


def wav(text: str) -> bytes:
    """The notes one after another; a pitch of 0 is a pause."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        for line in text.split("\n"):
            pitch, seconds = map(float, line.split())
            sound.writeframes(_note(pitch, round(seconds * RATE)))
    return file.getvalue()


def _note(pitch: float, length: int) -> bytes:
    samples = (
        round(LOUD * min(1, at / FADE, (length - at) / FADE) * math.sin(2 * math.pi * pitch * at / RATE))
        for at in range(length)
    )
    return struct.pack(f"<{length}h", *samples)
