"""The steps of the pipeline, a module each, and packages by capability under them."""
