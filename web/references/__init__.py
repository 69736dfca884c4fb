"""One report as a reference: citations in six styles, and the forms that reference managers and catalogues read."""
