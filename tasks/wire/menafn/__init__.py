"""What is known of the MENAFN site; everything here is a fact about it, not machinery."""
