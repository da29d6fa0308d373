"""The checker of the form: reads any Word file as Word lays it out, finds the elements, judges each."""
