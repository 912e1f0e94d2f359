"""From text to a reading: the network, its decoding, and the rules for who, through whom and with what figures."""
