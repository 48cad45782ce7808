"""Children of `bin/run` end with it, even when it is killed and cannot tell them."""

import os
import signal
import threading
import time

PARENT = "QUARTERDECK_PARENT"
LOOK_SECONDS = 0.3


def end_with_parent() -> None:
    """Stop this process as soon as the one that started it is gone; does nothing when `bin/run` is not its parent."""
    parent = int(os.environ.get(PARENT, "0"))
    if not parent:
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=watch, name="parent", daemon=True).start()
