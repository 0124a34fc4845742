"""The notes: all highlights and notes of the library, a card each."""
