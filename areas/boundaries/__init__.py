"""Boundaries of areas: the approximate ones that are shipped, and files of official ones.

The only place that imports shapely, pyogrio and pyproj; nothing that runs at Django's start imports it.
"""
