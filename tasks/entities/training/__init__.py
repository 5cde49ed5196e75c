"""Makes the tagger's model from openly licensed texts and from sentences of our own."""
