"""The gold set: reproduced pages and labelled pairs of texts, written and checked by hand.

`expected/<name>.json` holds the article that the reader must find on a page. The page itself is either whole,
`pages/<name>.html`, or a story of its own, `stories/<name>.html`, put into one of the page
skeletons. `kinds.toml` has pages by kind, `kinds_locked.toml` as many against which no rule is
written. `pairs.jsonl` holds pairs of texts that are the same story, or aren't. Nothing here was
produced by the reader or by the generator of the sample site.
"""
