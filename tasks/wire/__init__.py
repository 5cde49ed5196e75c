"""What a newswire is: records and rules, standard library only."""
