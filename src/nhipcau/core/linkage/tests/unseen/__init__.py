"""People made by habits that the model was never fitted to: peoples of several regions, sources with fields
and errors of their own. `python tools/score_unseen.py` links them and prints the scores."""
