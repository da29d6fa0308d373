"""Vietnamese text: folding, collation keys, syllables, repair of damaged text."""
