"""What a report says of itself: dateline, byline, credits, language."""
