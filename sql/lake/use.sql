-- Has an unqualified name mean what it means to readers.
-- Grain: one connection. Reads: nothing.

use lake.main;
