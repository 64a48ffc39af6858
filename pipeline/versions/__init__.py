"""Two versions of a text: which sentence became which, and what changed in rhetoric."""
