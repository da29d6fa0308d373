"""An official document in, a reading (schema plan/1) out."""
