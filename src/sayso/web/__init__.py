"""The local web application: `sayso serve`."""
