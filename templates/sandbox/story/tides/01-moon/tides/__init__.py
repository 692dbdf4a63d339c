"""Tide tables as a service."""
