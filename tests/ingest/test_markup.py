import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.markup import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One,\n  he said.</p><p>Two</p>", "One, he said.\n\nTwo"), ("a<br>b<br/>c", "a\nb\nc"),
        ("1 &lt; 2 &amp; “3”", "1 < 2 & “3”"),
        ("<blockquote><p>“So.”</p></blockquote>after", "“So.”\n\nafter"), ("<b>bo</b>ld <i>word</i>", "bold word"),
        ("<style>p{}</style>x<script>1</script>y<title>z</title>", "xy"),
        ("ne&shy;go\u200btiations&nbsp;went on", "negotiations went on"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"), ("<p>open <b>ended", "open ended"), ("", ""),
    ],
)  # fmt: skip
def test_html_to_text(html: str, text: str) -> None:
    assert plain(html) == text


@given(st.text(st.sampled_from("<>!-[]/?=\"'& apbr;#x1CDAT\n"), max_size=60))
def test_broken_html_never_raises(html: str) -> None:
    assert plain(html) == plain(html).strip()


@given(st.lists(st.text("abc .", min_size=1).filter(str.strip), max_size=5))
def test_paragraphs_come_back(paragraphs: list[str]) -> None:
    clean = [" ".join(paragraph.split()) for paragraph in paragraphs]
    assert plain("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)) == "\n\n".join(clean)
