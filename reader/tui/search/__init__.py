"""The search: a line to type into, what it finds, and the way from passage to passage."""
