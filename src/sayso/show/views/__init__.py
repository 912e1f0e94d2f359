"""What a page or the API shows of what was read and weighed: documented dataclasses, made from terms alone."""
