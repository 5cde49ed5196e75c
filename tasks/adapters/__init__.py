"""Every library that reaches outside, each behind one door."""
