"""The whole site: links, HTML, accessibility, and that all its answers agree."""
