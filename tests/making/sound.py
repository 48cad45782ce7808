"""A recording, made by the standard library."""

import io
import wave


def tone(seconds: float = 2.0, rate: int = 8000) -> bytes:
    """A quiet buzz of so many seconds as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(rate)
        sound.writeframes(bytes(128 + 20 * (at // 20 % 2) for at in range(int(seconds * rate))))
    return file.getvalue()
