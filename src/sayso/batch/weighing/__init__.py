"""A batch's reports → near-copies, stories, claims: keys of each report, then buckets of them, all on the engine.

What is found is what ``sayso.weighing`` finds in a ledger that the batch was added to: it works by the same functions.
"""
