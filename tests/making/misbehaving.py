"""A renderer that misbehaves as its request asks. Run by its path, like the real one."""

import json
import os
import resource
import signal
import subprocess
import sys
import time


def hang(request):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(json.dumps({"page": child.pid}), flush=True)
    time.sleep(600)


def hang_in_silence_after_closing_its_output(request):
    os.close(1)
    time.sleep(600)


def spin(request):
    while True:
        pass


def eat_memory(request):
    resource.setrlimit(resource.RLIMIT_AS, (request["memory_bytes"], request["memory_bytes"]))
    eaten = []
    while True:
        eaten.append(bytearray(64 << 20))


def die(request):
    os.kill(os.getpid(), signal.SIGSEGV)


def babble(request):
    print("this is not JSON")


def flood(request):
    while True:
        sys.stdout.write("x" * 65536)


def tell_environment(request):
    print(json.dumps({"page": dict(os.environ)}))


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    globals()[asked["do"]](asked)
