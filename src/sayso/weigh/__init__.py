"""Over many readings: which passages make the same claim, and on how many independent origins it rests."""
