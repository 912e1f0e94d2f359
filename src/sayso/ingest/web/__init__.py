"""The network: fetching by rule, feeds, watching. Only ``connections`` opens any."""
