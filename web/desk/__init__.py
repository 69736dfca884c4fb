"""The desk: where people work on the archive, one module per subject; each change goes through the catalogue."""
