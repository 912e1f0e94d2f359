"""The network's tags and measures, shared by training and reading."""

NONE, CUE_BEGIN, CUE_INSIDE, INNER_BEGIN, INNER_INSIDE = range(5)
CUE_TAGS = 5
SOURCE_BEGIN, SOURCE_INSIDE, CONTENT_BEGIN, CONTENT_INSIDE = range(1, 5)
ROLE_TAGS = 5
BEFORE, AFTER = 56, 104
SENTENCES = 3
