"""A whole result as files: tables, records, references and texts, each with a sheet that says how it came about."""
