"""Loads the built-in recogniser when it is imported, for the server that workers are forked from.

Reading the tables and unpacking the model takes a second: this way once, in memory that the workers
share.
"""

import gc
from contextlib import suppress

from tasks.entities.gazetteers import load_gazetteers
from tasks.entities.recogniser import choose_recogniser
from tasks.entities.tagger import ModelError

gc.disable()  # there is nothing to collect while the tables are built
load_gazetteers()
with suppress(ModelError):  # reported where the recogniser is chosen; `rules` stands in
    choose_recogniser("builtin")
gc.freeze()  # what is loaded stays: no collection shall walk it, or touch the shared pages
gc.enable()
