"""Who: people, organisations, partnerships, boards, declarations and signatures."""
