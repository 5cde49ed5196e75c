"""A process that is killed in the middle of its work, as by a power failure."""

import os
import signal


def killed_at(sync, work):
    """Run work in a process that is killed at that call of fsync; whether it was killed."""
    child = os.fork()
    if child == 0:
        left, fsync = sync, os.fsync

        def sync_or_die(descriptor):
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            fsync(descriptor)

        os.fsync = sync_or_die
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
