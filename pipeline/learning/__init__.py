"""What learns: features, the classifier, calibration, wordings and their voice, and how a model is kept."""
