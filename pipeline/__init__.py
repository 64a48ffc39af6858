"""A rhetoric and bias classifier pipeline: documents in; labels, a model, its scores and a report out."""
