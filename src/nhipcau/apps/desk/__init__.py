"""The officials' home, search, administration screens."""
