"""Trains the tagger: `python -m tasks.entities.training --data FOLDER`.

The same data and the same version of python-crfsuite give the same model, bit for bit.
"""

import argparse
import sys
from pathlib import Path

from tasks.core.errors import WirehouseError
from tasks.entities.gazetteers import FOLDER
from tasks.entities.training.train import train


def main() -> int:
    """Reads the command line and trains."""
    parser = argparse.ArgumentParser(description="Train the tagger of names.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder the model is written to")
    parser.add_argument("--sentences", type=int, help="take no more than this of each corpus")
    arguments = parser.parse_args()
    try:
        digest = train(arguments.data, arguments.out, limit=arguments.sentences)
    except WirehouseError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{digest}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
