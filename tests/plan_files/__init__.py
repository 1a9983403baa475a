"""Makes plan files of every format, such as people send: each shape by a function, nothing stored."""
