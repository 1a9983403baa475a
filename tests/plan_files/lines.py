"""Plans as lines of text: each function is one encoding, or one way to divide fields, that people send."""

WORDS = "Ref,Action,Cost\r\n1.1,“Café” – don’t wait,£5\r\n"


def utf_8() -> bytes:
    return WORDS.encode()


def utf_8_marked() -> bytes:
    return WORDS.encode("utf-8-sig")


def utf_16() -> bytes:
    return WORDS.replace(",", "\t").encode("utf-16")


def utf_16_unmarked() -> bytes:
    return WORDS.encode("utf-16-le")


def windows() -> bytes:
    return WORDS.encode("cp1252")


def mac() -> bytes:
    return WORDS.replace("\r\n", "\r").encode("mac_roman")


def semicolons() -> bytes:
    return b"Ref;Action;By\r\n1.1;Agree, sign, publish;May\r\n1.2;Train;June, or July\r\n"


def tabs() -> bytes:
    return b"Ref\tAction\n1.1\tAgree, or not\n"


def strokes() -> bytes:
    return b"Ref|Action\n1.1|Agree\n"


def named_delimiter() -> bytes:
    return b"sep=;\r\nRef;Action\r\n1.1;Agree\r\n"


def quoted_lines() -> bytes:
    return b'Ref,Action,By\n1.1,"Agree\nthe ""protocol"", then sign",May\n\n1.2,Train,June\n'


def titles_above() -> bytes:
    return b"Action plan, 2014-15\n\nRef,Action,By\n1.1,Agree,May\n1.2,Train,June\n"


def twice_encoded() -> bytes:
    return "Ref,Action\n1.1,Don’t wait\n".encode().decode("cp1252").encode()
