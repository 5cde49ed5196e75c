"""The wirehouse flows: when, in what order, how often tried."""
