"""Invented pages in the ways that news sites are marked up, each with the paragraphs that are its article."""

import json
from dataclasses import dataclass

LEDE = (
    "SARENNA (Reuters) - The government of Sarenna said on Sunday that it had closed the northern crossing after "
    "shelling killed at least 12 people near the market town of Velm."
)
MINISTRY = (
    "“We will not reopen the road until the guns fall silent,” Interior Minister Ilya Brandt told reporters, adding "
    "that 340 families had been moved to schools in the capital."
)
REBELS = (
    "A spokesman for the Northern Front, Tomas Rehn, denied that its fighters had fired on the town, and said that "
    "the army had shelled its own positions during a failed advance."
)
AID = (
    "Two aid officials, who spoke on condition of anonymity, estimated the number of displaced people at more than "
    "7,000, a figure that could not be verified independently."
)
TALKS = (
    "Talks in the lakeside city of Orrin are due to resume on Wednesday, according to a diplomat from a neighbouring "
    "country who is close to the mediators."
)
QUOTED = "“They came at dawn, and nobody warned us,” said Mira Solt, a shopkeeper whose brother was among the wounded."
PLAIN_QUOTED = "The road is the only way out for the wounded, and every hour that it stays closed costs lives."
STORY = (LEDE, MINISTRY, REBELS, AID, TALKS)

NAVIGATION = (
    '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a>'
    "</li></ul></nav></header>"
)
RELATED = (
    '<div class="related-articles"><h3>Related</h3><ul><li><a href="/a1">Mayor of Velm resigns after the flood '
    'inquiry</a></li><li><a href="/a2">What we know about the Northern Front</a></li></ul></div>'
)
NEWSLETTER = (
    '<div class="newsletter-signup"><p>Sign up for our morning briefing, delivered to your inbox every weekday.</p>'
    '<form action="/join"><input name="mail"><button>Join</button></form></div>'
)
COOKIES = (
    '<div id="cookie-banner" role="dialog"><p>We and our partners use cookies to improve your experience. By '
    "continuing you agree to our policy.</p><button>Accept</button></div>"
)
COMMENTS = (
    '<section id="comments" class="comments-area"><h2>2 comments</h2><ol class="comment-list"><li class="comment"><p>'
    "I was there last year and it was quiet, this is a shame for everybody.</p></li><li class=comment><p>Nobody asks "
    "the people who live there, as always in these reports.</p></li></ol></section>"
)
SHARE = (
    '<ul class="share-buttons"><li><a href="https://chirp.example/share">Chirp</a></li><li><a '
    'href="mailto:?x">Email</a>'
    "</li></ul>"
)
FOOTER = (
    '<footer class="site-footer"><p>The Velm Courier is an independent newspaper, founded in 1911 and owned by its '
    'readers.</p><p>© 2031 Velm Courier Ltd. All rights reserved.</p><ul><li><a href="/terms">Terms</a></li><li>'
    '<a href="/privacy">Privacy</a></li></ul></footer>'
)


@dataclass(frozen=True)
class Page:
    """A page's markup, and what is to come out of it, in order."""

    name: str
    markup: str
    article: tuple[str, ...]


def paragraphs(*texts: str) -> str:
    """Each as a <p>."""
    return "\n".join(f"<p>{text}</p>" for text in texts)


def page(body: str, head: str = "", attributes: str = 'lang="en"') -> str:
    """A whole document."""
    return (
        f'<!DOCTYPE html>\n<html {attributes}><head><meta charset="utf-8">'
        f"<title>Sarenna closes northern crossing - Velm Courier</title>{head}</head>\n<body>{body}</body></html>"
    )


def linked(**properties: object) -> str:
    """An article's JSON-LD in its script."""
    record = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebSite"}, record]})}</script>'


HEADLINE = "<h1>Sarenna closes northern crossing</h1>"
PAGES = (
    Page(
        "article element with everything around it",
        page(
            COOKIES + NAVIGATION + f"<main><article>{HEADLINE}<p class=byline>By Nadia Ferro</p>{SHARE}"
            f"{paragraphs(*STORY)}{NEWSLETTER}</article>{RELATED}{COMMENTS}</main>" + FOOTER
        ),
        STORY,
    ),
    Page(
        "boxes in boxes, paragraphs as divs",
        page(
            f'{NAVIGATION}<div class="l-wrap"><div class="l-main"><div class="article__content"><div '
            'class="text-block">'
            + "".join(f'<div class="para"><span>{text}</span></div>' for text in STORY)
            + f"</div></div></div><div class=sidebar>{RELATED}</div></div>{FOOTER}"
        ),
        STORY,
    ),
    Page(
        "the body in several pieces with advertisements between them",
        page(
            f"{NAVIGATION}<article><header>{HEADLINE}</header><div "
            f'class="story-part">{paragraphs(LEDE, MINISTRY)}</div>'
            f'<div class="ad-slot">Advertisement</div><div class="story-part">{paragraphs(REBELS, AID)}</div>'
            '<div class="ad-slot">Advertisement</div><div '
            f'class="story-part">{paragraphs(TALKS)}</div></article>{FOOTER}'
        ),
        STORY,
    ),
    Page(
        "several bodies of the same name",
        page(
            f'<div class="page">{HEADLINE}<div class="article-body">{paragraphs(LEDE, MINISTRY, REBELS)}</div>'
            f'<div class="promo-box"><a href="/shop">Buy our calendar</a></div>'
            f'<div class="article-body">{paragraphs(AID, TALKS)}</div></div>{FOOTER}'
        ),
        STORY,
    ),
    Page(
        "WordPress",
        page(
            f'{NAVIGATION}<div id="content" class="site-content"><main id="main"><article id="post-412" '
            'class="post-412 '
            f'post type-post status-publish category-news tag-sarenna comments-open"><header class="entry-header">'
            '<h1 class="entry-title">Sarenna closes northern crossing</h1><div class="entry-meta"><span '
            'class="posted-on">'
            f'<time class="entry-date published" datetime="2031-05-04T09:30:00+02:00">May 4, 2031</time></span> by '
            '<span class="author vcard"><a href="/author/nf">Nadia Ferro</a></span></div></header><div '
            'class="entry-content">'
            f'{paragraphs(LEDE, MINISTRY)}<blockquote class="wp-block-quote"><p>{QUOTED}</p></blockquote>'
            f"{paragraphs(REBELS, AID, TALKS)}<div class='sharedaddy sd-sharing-enabled'><h3>Share "
            f"this:</h3>{SHARE}</div>"
            "<div id='jp-relatedposts' class='jp-relatedposts'><h3>Related</h3></div></div><footer "
            "class='entry-footer'>"
            "<span class='cat-links'>Posted in <a "
            f"href='/news'>News</a></span></footer></article>{COMMENTS}</main></div>"
            f"{FOOTER}"
        ),
        (LEDE, MINISTRY, QUOTED, REBELS, AID, TALKS),
    ),
    Page(
        "WordPress pull quote that is nowhere else, quotation in a figure",
        page(
            f"<article><div class=entry-content>{paragraphs(LEDE, MINISTRY)}<figure "
            "class='wp-block-pullquote'><blockquote>"
            f"<p>{PLAIN_QUOTED}</p><cite>Doctor Hanne Vik, Velm hospital</cite></blockquote></figure>"
            f"{paragraphs(REBELS, AID, TALKS)}</div></article>"
        ),
        (LEDE, MINISTRY, PLAIN_QUOTED, "Doctor Hanne Vik, Velm hospital", REBELS, AID, TALKS),
    ),
    Page(
        "pull quote that says again what the text says",
        page(
            f"<article><div class=article-body>{paragraphs(LEDE, MINISTRY)}<aside class='pull-quote'><p>We will not "
            "reopen "
            f"the road until the guns fall silent</p></aside>{paragraphs(REBELS, AID, TALKS)}</div></article>"
        ),
        STORY,
    ),
    Page(
        "AMP",
        page(
            f"<amp-consent><div>Cookies?</div></amp-consent><main role=main><article><header>{HEADLINE}</header>"
            f"<div class='amp-wp-article-content'>{paragraphs(LEDE, MINISTRY)}<amp-ad "
            "width=300><div>Advertisement</div>"
            f"</amp-ad>{paragraphs(REBELS)}<amp-img src=x.jpg></amp-img>{paragraphs(AID, TALKS)}</div>"
            f"<amp-social-share type=x></amp-social-share></article></main>",
            attributes="amp lang=en",
        ),
        STORY,
    ),
    Page(
        "paragraphs by line ends",
        page(f"{NAVIGATION}<div class='story'>{HEADLINE}{'<br><br>'.join(STORY)}</div>{FOOTER}"),
        STORY,
    ),
    Page(
        "paragraphs by single line ends",
        page(f"{NAVIGATION}<div class='story-text'>{HEADLINE}<div>{'<br/>'.join(STORY)}</div></div>{FOOTER}"),
        STORY,
    ),
    Page(
        "live blog",
        page(
            f"{NAVIGATION}<main><h1>Sarenna live: crossing closed</h1><div class='live-feed'>"
            "<article class='live-post'><time>09:30</time><h2>Crossing "
            f"closed</h2>{paragraphs(LEDE, MINISTRY)}</article>"
            "<article class='live-post'><time>09:10</time><h2><a href='#p2'>Rebels deny "
            f"it</a></h2>{paragraphs(REBELS)}"
            f"<blockquote><p>{QUOTED}</p></blockquote></article>"
            f"<article class='live-post'><time>08:45</time><h2>Thousands displaced</h2>{paragraphs(AID)}</article>"
            f"<article class='live-post'><time>08:30</time>{paragraphs(TALKS)}</article></div>{RELATED}</main>{FOOTER}"
        ),
        ("Crossing closed", LEDE, MINISTRY, "Rebels deny it", REBELS, QUOTED, "Thousands displaced", AID, TALKS),
    ),
    Page(
        "block quote between paragraphs",
        page(
            f"<article>{HEADLINE}{paragraphs(LEDE, REBELS)}<blockquote>{QUOTED}</blockquote>"
            f"{paragraphs(AID, TALKS)}</article>"
        ),
        (LEDE, REBELS, QUOTED, AID, TALKS),
    ),
    Page(
        "nested block quote with its source",
        page(
            f"<article>{paragraphs(LEDE, REBELS)}<blockquote><p>The minister wrote to the mediators:</p><blockquote><p>"
            f"{PLAIN_QUOTED}</p></blockquote><footer>— <cite>Letter of the interior "
            "ministry</cite></footer></blockquote>"
            f"{paragraphs(AID, TALKS)}</article>"
        ),
        (
            LEDE,
            REBELS,
            "The minister wrote to the mediators:",
            PLAIN_QUOTED,
            "— Letter of the interior ministry",
            AID,
            TALKS,
        ),
    ),
    Page(
        "inline quotations",
        page(
            f"<article>{paragraphs(LEDE)}<p>The mayor called the attack <q>an act of <em>cowardice</em></q>, and "
            "said: <q>He "
            "told me <q>run</q> and I ran.</q></p><p><q>“Nothing is left,”</q> she added after visiting the market "
            "with the "
            f"governor.</p>{paragraphs(REBELS, AID, TALKS)}</article>"
        ),
        (
            LEDE,
            "The mayor called the attack “an act of cowardice”, and said: “He told me ‘run’ and I ran.”",
            "“Nothing is left,” she added after visiting the market with the governor.",
            REBELS,
            AID,
            TALKS,
        ),
    ),
    Page(
        "aside with related links among the paragraphs, caption, read-more line",
        page(
            f"<article>{paragraphs(LEDE)}<figure><img src=a.jpg><figcaption>A soldier stands at the crossing on "
            "Saturday. "
            f"Photograph: J. Doe/Pool</figcaption></figure>{paragraphs(MINISTRY)}<aside><h4>More from "
            "Sarenna</h4><ul><li>"
            f"<a href='/b'>How the front moved this spring</a></li></ul></aside><p>READ MORE: <a href='/c'>Who is Ilya "
            f"Brandt?</a></p>{paragraphs(REBELS, AID, TALKS)}</article>"
        ),
        STORY,
    ),
    Page(
        "embedded posts",
        page(
            f"<article>{paragraphs(LEDE, MINISTRY)}<div class='embed embed-twitter'><blockquote "
            "class='twitter-tweet'><p lang=en "
            f"dir=ltr>{PLAIN_QUOTED} <a href='https://t.example/x'>pic.example/x1</a></p>— Velm Hospital "
            "(@velmhospital) "
            f"<a href='https://chirp.example/velm/1'>May 4, 2031</a></blockquote></div>{paragraphs(REBELS, AID, TALKS)}"
            "</article>"
        ),
        (
            LEDE,
            MINISTRY,
            PLAIN_QUOTED + " pic.example/x1",
            "— Velm Hospital (@velmhospital) May 4, 2031",
            REBELS,
            AID,
            TALKS,
        ),
    ),
    Page(
        "list of quotations",
        page(
            f"<div class='post-content'>{paragraphs(LEDE)}<p>What the sides said:</p><ul><li>The army: “We returned "
            "fire at "
            "04:30, and hit only military targets.”</li><li>The Northern Front: “Not one of our men was in "
            "Velm.”</li><li><a "
            f"href='/q'>All statements</a></li></ul>{paragraphs(REBELS, AID, TALKS)}</div>"
        ),
        (
            LEDE,
            "What the sides said:",
            "The army: “We returned fire at 04:30, and hit only military targets.”",
            "The Northern Front: “Not one of our men was in Velm.”",
            REBELS,
            AID,
            TALKS,
        ),
    ),
    Page(
        "table of figures",
        page(
            f"<article>{paragraphs(LEDE, MINISTRY)}<figure "
            "class='wp-block-table'><table><thead><tr><th>District</th><th>Killed"
            "</th></tr></thead><tbody><tr><td>Velm</td><td>12</td></tr><tr><td>Orrin</td><td>3</td></tr></tbody></table>"
            f"</figure>{paragraphs(REBELS, AID, TALKS)}</article>"
        ),
        (LEDE, MINISTRY, "District\tKilled\nVelm\t12\nOrrin\t3", REBELS, AID, TALKS),
    ),
    Page(
        "old layout of tables and fonts",
        page(
            "<table width=760><tr><td width=140><a href=/>Home</a><br><a href=/w>World</a><br><a "
            "href=/s>Sport</a></td><td>"
            "<font face=Arial size=5><b>Sarenna closes northern crossing</b></font><br><br><font "
            f"size=2>{'<p>'.join(STORY)}"
            "</font></td><td width=120><a href=/ad><img src=ad.gif></a></td></tr></table>",
            attributes="",
        ),
        STORY,
    ),
    Page(
        "ASP.NET: the page is a form, the article in spans",
        page(
            f"<form id=aspnetForm action='x.aspx'><input type=hidden name=v value=1>{NAVIGATION}<div "
            "id=ctl00_body><div "
            f"class=newsText>{paragraphs(*STORY)}</div></div></form>"
        ),
        STORY,
    ),
    Page(
        "short answers, a second copy for small screens",
        page(
            f"<article>{paragraphs(LEDE)}<p>“Will you go back?”</p><p>“Never,” she said.</p><p>“Why?”</p><p>***</p>"
            f"{paragraphs(REBELS)}<div class='mobile-only'>{paragraphs(REBELS)}</div>{paragraphs(AID, TALKS)}</article>"
        ),
        (LEDE, "“Will you go back?”", "“Never,” she said.", "“Why?”", REBELS, AID, TALKS),
    ),
    Page(
        "live times inside sentences",
        page(
            f"<article>{paragraphs(LEDE)}<p>The first shell fell at <time datetime='04:30'>04:30</time> and the last "
            "at <time>"
            "05:10</time>, the <abbr title='United Nations'>UN</abbr> mission "
            f"said.</p>{paragraphs(REBELS, AID, TALKS)}"
            "</article>"
        ),
        (LEDE, "The first shell fell at 04:30 and the last at 05:10, the UN mission said.", REBELS, AID, TALKS),
    ),
    Page(
        "standfirst outside the body",
        page(
            f"<article>{HEADLINE}<p class='standfirst'>At least 12 people are dead and thousands have fled, "
            "officials say.</p>"
            f"<p class=byline>Nadia Ferro in Orrin</p><div class='article-body'>{paragraphs(*STORY)}</div></article>"
        ),
        ("At least 12 people are dead and thousands have fled, officials say.", *STORY),
    ),
    Page(
        "next article appended",
        page(
            f"<article class=story>{HEADLINE}{paragraphs(*STORY)}</article><article class=story><h1><a "
            "href='/next'>Farmers of "
            "Dalby plant early</a></h1><p>The farmers of Dalby have planted their wheat two weeks early this year.</p>"
            "</article>"
        ),
        STORY,
    ),
    Page(
        "hidden parts",
        page(
            f"<article>{paragraphs(LEDE, MINISTRY)}<p style='display:none'>This text is for robots only, and nobody "
            "sees it.</p>"
            f"<span class='sr-only'>Opens in a new window.</span>{paragraphs(REBELS, AID, TALKS)}</article>"
        ),
        STORY,
    ),
    Page(
        "markup cut off",
        page(f"{NAVIGATION}<article>{HEADLINE}{paragraphs(*STORY)}").removesuffix("</body></html>")
        + "<p>The last sentence is cut off in the mid",
        (*STORY, "The last sentence is cut off in the mid"),
    ),
    Page(
        "short flash",
        page(f"{NAVIGATION}<article>{HEADLINE}<p>{LEDE}</p></article>{RELATED}{FOOTER}"),
        (LEDE,),
    ),
    Page(
        "upper-case tags, unclosed paragraphs",
        "<HTML><BODY><H1>Sarenna closes northern crossing</H1><P>"
        + "\n<P>".join(STORY)
        + "<HR><A HREF=index.html>Back</A>",
        STORY,
    ),
    Page(
        "plain lines kept as they are",
        page("<h1>From the wire</h1><pre>" + "\n\n".join(STORY) + "</pre>"),
        STORY,
    ),
    Page(
        "every paragraph in a box of its own, lists and links between them",
        page(
            "<main id='main-content'><article class='ssrcss-1x-ArticleWrapper'><header><div "
            "data-component='headline-block' "
            f"class='ssrcss-a-ComponentWrapper'>{HEADLINE}</div><div data-component='byline-block' class='ssrcss-a-"
            "ComponentWrapper'><div class='ssrcss-b-BylineWrapper'>Nadia Ferro</div><span>Orrin "
            "correspondent</span></div>"
            "</header>"
            + "".join(
                "<div data-component='text-block' class='ssrcss-a-ComponentWrapper ep2nwvo0'><div "
                "class='ssrcss-7-RichText'>"
                f"<p class='ssrcss-1-Paragraph'>{text}</p></div></div>"
                + ("<div data-component='ad-slot' class='ssrcss-a-ComponentWrapper'></div>" if text == REBELS else "")
                for text in STORY
            )
            + "<div data-component='unordered-list-block' class='ssrcss-a-ComponentWrapper'><div><ul><li><a "
            "href='/x'>Who are "
            "the Northern Front?</a></li></ul></div></div></article>"
            "<section data-component='related-content'><h2>Top stories</h2><ul><li><a href='/y'>Ferries "
            "resume</a></li></ul>"
            "</section></main>"
        ),
        STORY,
    ),
    Page(
        "columns of the body with advertisements, names made by a program",
        page(
            "<div id=app><main><article id=story class='css-1vxca1d e1qksbhf0'><header "
            f"class='css-zkk2wn'>{HEADLINE}<p "
            "id='article-summary' class='css-79rysd'>The army and rebels blame each other for the deaths in "
            "Velm.</p></header>"
            "<section name='articleBody' class='meteredContent css-1r7ky0e'>"
            "<div class='css-s99gbd StoryBodyCompanionColumn'><div "
            f"class='css-53u6y8'>{paragraphs(LEDE, MINISTRY)}</div></div>"
            "<div><div id='story-ad-1-wrapper' class='css-2fg4z9'><div class='ad'>Advertisement <a href='#after'>SKIP "
            "ADVERTISEMENT</a></div></div></div><div class='css-s99gbd StoryBodyCompanionColumn'><div "
            "class='css-53u6y8'>"
            f"{paragraphs(REBELS)}</div></div><div class='css-s99gbd StoryBodyCompanionColumn'><div class='css-53u6y8'>"
            f"{paragraphs(AID, TALKS)}</div></div></section><div class='bottom-of-article'><div "
            "class='css-x'><p>Nadia Ferro is a "
            "correspondent based in Orrin, covering the north.</p></div></div></article></main></div>"
        ),
        ("The army and rebels blame each other for the deaths in Velm.", *STORY),
    ),
    Page(
        "an agency's page: paragraphs as divs, a sign-up between them, credits at the end",
        page(
            "<div class='article__main__33WV2'><article><div class='article-body__content__17Yit'>"
            + "".join(
                f"<div data-testid='paragraph-{n}' class='text__text__1FZLe text__dark-grey__3Ml43'>{text}</div>"
                + (
                    "<div data-testid='SignUp' class='article-body__element__2p5pI'><p>The Daily Briefing newsletter "
                    "has all "
                    "the news you need. <a href='/n'>Sign up here.</a></p></div>"
                    if n == 1
                    else ""
                )
                for n, text in enumerate(STORY)
            )
            + "</div><div class='article-body__element'><p class='sign-off'>Reporting by Nadia Ferro in Orrin; "
            "Additional "
            "reporting by Jo Aske; Editing by Lea Holm</p></div><p>Our Standards: <a href='/p'>The Trust "
            "Principles.</a></p>"
            "</article></div>"
        ),
        (*STORY, "Reporting by Nadia Ferro in Orrin; Additional reporting by Jo Aske; Editing by Lea Holm"),
    ),
    Page(
        "quoted lines in italics and bold, links inside sentences, special spaces",
        page(
            "<article><p>The\u00a0army\u2019s <a href='/army'>northern command</a> said <em>\u201cno order was "
            "given\u201d</em>, "
            f"and that <strong>229\u00a0people</strong> had been treated.</p>{paragraphs(*STORY[1:])}</article>"
        ),
        (
            "The army’s northern command said “no order was given”, and that 229 people had been treated.",
            *STORY[1:],
        ),
    ),
)
