"""Keys to verbs, values to screen. The only rooms that know Textual."""
