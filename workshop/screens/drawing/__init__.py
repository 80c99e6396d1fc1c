"""The pictures of every step: what each shows, drawn in one style and written as SVG."""
