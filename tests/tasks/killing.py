"""A process that dies in the middle of its work, as a power cut would have it."""

import os
import signal


def killed_at(sync, work):
    """Does the work in a process that is killed when it syncs for that time; whether it was."""
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
