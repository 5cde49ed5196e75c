"""What surrounds every command: its errors as one message, and Prefect for those that run flows.

Prefect takes seconds to import and reads its settings when it is, so flows are imported only once a
command that runs them is called.
"""

import gc
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import ENOSPC
from importlib import import_module
from pathlib import Path
from types import ModuleType

from flows.prefect_api import prefect_api, prepare_prefect
from flows.prefect_database import garbage_thread
from flows.render import echo, progress_line, show_error, show_summaries
from flows.signals import interrupt_on_signals, interruptible
from tasks.core.errors import (
    SettingsError,
    SiteRefusedError,
    StorageError,
    UsageError,
    WirehouseError,
)
from tasks.core.reports import Summary
from tasks.core.settings import read_settings


@contextmanager
def plain_errors(*, verbose: bool = False, as_json: bool = False) -> Iterator[None]:
    """End the program with one clear message; a traceback only for a bug, where it is asked for.

    With `as_json` the message is a JSON object on standard output, too.
    """

    def fail(message: str, *, status: int = 1) -> SystemExit:
        echo(f"wirehouse: {message}", logging.ERROR)
        if as_json:
            show_error(message, status)
        return SystemExit(status)

    try:
        with interruptible():
            yield
            sys.stdout.flush()
    except (SettingsError, UsageError) as error:
        raise fail(str(error), status=2) from error
    except SiteRefusedError as error:  # its summary, with the cause, is printed already
        echo(f"wirehouse: {error}", logging.ERROR)
        raise SystemExit(1) from error
    except WirehouseError as error:
        raise fail(str(error)) from error
    except KeyboardInterrupt as error:
        raise fail("interrupted. Nothing is lost: run it again to continue.") from error
    except BrokenPipeError:
        raise  # by a reader such as head, which has what it wants
    except Exception as error:
        if verbose:
            raise
        raise fail(_explain(error)) from error


def _explain(error: Exception) -> str:
    if isinstance(error, OSError) and (error.filename or error.errno == ENOSPC):
        return str(StorageError.of(error, Path(error.filename or "standard output")))
    return (
        f"a bug in Wirehouse, {type(error).__name__}: {error}. Nothing is lost; --verbose shows "
        "the traceback."
    )


def show_ends(summaries: Sequence[Summary], *, as_json: bool) -> None:
    """Show how runs ended, apart from their flow, whose progress line would take the table over."""
    with plain_errors(as_json=as_json):
        show_summaries(summaries, as_json=as_json)


@contextmanager
def flow_command(module: str, *, verbose: bool, as_json: bool) -> Iterator[ModuleType]:
    """The module of `flows` that a command runs, with Prefect, progress and errors around it."""
    with plain_errors(verbose=verbose, as_json=as_json):
        interrupt_on_signals()
        prepare_prefect(read_settings(), verbose=verbose)
        # What is imported is never freed: looking for garbage in it takes a fifth of the start.
        gc.disable()
        try:
            with prefect_api(), progress_line():
                flows = import_module(f"flows.{module}")
                with garbage_thread():
                    yield flows
        except SiteRefusedError as error:
            show_summaries([error.summary], as_json=as_json)
            raise
        finally:
            gc.enable()
