"""Two texts beside each other, and what is different in them."""
