"""Rules vote, votes are combined, annotators are compared."""
