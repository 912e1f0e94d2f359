"""The ledger: reports, readings and judgements, kept for years."""
