-- Closes the catalogue, so that its file is whole by itself.
-- Grain: one catalogue. Reads: nothing.

-- noqa: disable=PRS

use memory;

detach lake;
