"""What a board reads of one partnership: its facts of a day, and what became of them since it last read of them."""
