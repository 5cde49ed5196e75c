"""Starts the `wirehouse` command."""

import signal


def main() -> None:
    """Run the command; Ctrl-C ends it silently while it imports what it needs, some seconds."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from flows import cli

    cli.main()


if __name__ == "__main__":
    main()
