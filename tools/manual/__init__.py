"""Builds the manual: pictures of the real screens, pages from the registries of the program, and the site."""
