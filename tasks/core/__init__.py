"""Records, settings, errors, paths, ids and URLs, calendar and files that every capability uses."""
