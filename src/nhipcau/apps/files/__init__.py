"""Uploads and their gate, exports, progress of long work."""
