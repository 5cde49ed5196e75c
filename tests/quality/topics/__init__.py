"""Topics: labelled stories, and how well they are found."""
