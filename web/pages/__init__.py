"""The pages, one module per subject; each asks the catalogue and hands plain values to its template."""
