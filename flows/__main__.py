"""Starts the `wirehouse` command."""

import signal


def main() -> None:
    """Run the command; until it is ready to say that it was interrupted, Ctrl-C ends it silently.

    To import what it needs takes up to two seconds on a busy machine.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from flows import cli

    cli.main()


if __name__ == "__main__":
    main()
