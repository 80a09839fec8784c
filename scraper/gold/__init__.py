"""Gold pages: score the extractor on them, and learn the body model from them."""
