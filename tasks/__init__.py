"""One verb of the pipeline per module; libraries are met in `adapters`, the wire in `wire`."""
