"""What is no part of an article though it stands inside it: rules as data, and the pass that applies them."""

from extractors.boilerplate.load import Rules, load
from extractors.boilerplate.strip import strip

__all__ = ["Rules", "load", "strip"]
