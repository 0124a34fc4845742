"""Measurements that the project can repeat; nothing here is part of the program."""
