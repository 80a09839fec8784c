"""Bytes in, Article out. Pure: no network, no clock, no writing."""
