"""The words everything else is written in: errors, records, the label scheme, params, files and tables."""
