"""What the model said of every document, as pages to read: a static site."""
