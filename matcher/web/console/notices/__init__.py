"""Notices to everybody or to all who help, never to one person: put up and taken down."""
