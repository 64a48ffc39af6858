"""How good the labels are: scores with intervals, calibration, audits, and corpora that others labelled."""
