"""How reports are found: query, engine, facets, results.

Reads archive's values and store; can be thrown away and rebuilt from them at any time.
"""
