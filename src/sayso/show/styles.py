"""The few styles of every view on a terminal."""

SOURCE, UNNAMED, CUE, CONTENT, FIGURE, FAINT = "bold cyan", "bold magenta", "yellow", "default", "green", "dim"
