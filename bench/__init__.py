"""Quality and cost, measured on data that the caller points to, with a pinned floor for each number."""
