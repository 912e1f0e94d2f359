"""Collections of any size → Parquet: cut into shards, read by an engine, kept so that a run that stops can go on."""
