-- Opens a copy of the warehouse that a rebuild is to take the place of, beside the new one.
-- Reads: that file, whose path the program writes in as a quoted literal, since `attach` takes no
-- parameters.

-- noqa: disable=PRS
attach $path as former (read_only);
