"""The body: runs of text to features, features to scores, scores to the blocks of the article."""
