"""The checker. You need not read it, but you may: it is how a queue is tested with its real parts."""
