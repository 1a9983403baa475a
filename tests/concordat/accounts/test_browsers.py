import pytest

from concordat.accounts.browsers import in_words

GECKO, WEBKIT = "Gecko/20100101 Firefox/139.0", "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) {GECKO}", "Firefox on Windows"),
        (f"Mozilla/5.0 (X11; Linux x86_64; rv:139.0) {GECKO}", "Firefox on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {WEBKIT} Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1", "Safari on a Mac"),
        ("curl/8.5.0", "Another browser"),
        ("<script>", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_in_words(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words
