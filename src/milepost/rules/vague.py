"""Words that sound like a promise and can't be checked, in English and German.

Each pattern is matched against whole words, in any case. A text that also gives a number is left alone, and so is what
stands in quotes, in backticks or in an address: that is a name of something, not a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Comparisons without a measure, praise, and excuses. `fast` alone is left out: it is part of many names, and German.
_WORDS = (
    # better than what, and by how much?
    r"(?:much |far |even )?(?:better|faster|quicker|easier|simpler|smoother|cheaper|safer|nicer|cleaner)",
    r"more (?:easily|quickly|reliabl[ey]|efficient(?:ly)?|intuitive(?:ly)?|user-friendly|robust|stable|flexible)",
    r"more (?:scalable|secure|accessible|usable|maintainable|modern)",
    r"improv(?:e|es|ed|ing|ement|ements)|enhanc(?:e|es|ed|ing|ement|ements)|optimi[sz](?:e|es|ed|ing|ation|ations)",
    r"streamlin(?:e|es|ed|ing)|moderni[sz](?:e|es|ed|ing|ation)",
    # praise
    r"user[- ]friendly|easy[- ]to[- ]use|easy to (?:understand|learn|handle)|easily|intuitive(?:ly)?",
    r"(?:is|are|be|runs?|loads?|works?|responds?) (?:very )?(?:easy|fast|quick|good|great|stable|smooth)(?! for\b)",
    r"robust(?:ly|ness)?|seamless(?:ly)?|smoothly|effortless(?:ly)?|frictionless|scalable|performant|delightful",
    r"(?:high|good|great|best)[- ](?:quality|performance)|state[- ]of[- ]the[- ]art|world[- ]class|best[- ]in[- ]class",
    r"cutting[- ]edge|next[- ]generation|blazing(?:ly)?",
    r"adequate(?:ly)?|sufficient(?:ly)?|appropriate(?:ly)?|reasonabl[ey]|acceptabl[ey]|significant(?:ly)?|substantial(?:ly)?",
    # when, and what else?
    r"as soon as possible|asap|in a timely (?:manner|fashion)|timely|quickly|(?<!as )soon(?! as\b)",
    r"(?:if|where|when|as far as) possible|as (?:needed|required|appropriate)|and so on|and more(?=[.,;:!)]|$)",
    # German
    r"(?:viel |deutlich )?(?:besser|(?:besser|schneller|einfacher|leichter|schöner|günstiger|sicherer)e[mnrs]?)",
    r"(?:schneller|einfacher|leichter|schöner|günstiger|sicherer)(?! (?-i:[A-ZÄÖÜ]))",  # "in einfacher Sprache" is none
    r"verbesser(?:n|t|te[mnrs]?|ung|ungen)|optimier(?:en|t|te[mnrs]?|ung|ungen)|modernisier(?:en|t|te[mnrs]?|ung)",
    r"(?:benutzer|nutzer|anwender|bediener)freundlich(?:e[mnrs]?|er|keit)?|intuitive[mnrs]|intuitiv",
    r"robuste[mnrs]?|nahtlos(?:e[mnrs]?)?|reibungslos(?:e[mnrs]?)?|skalierbar(?:e[mnrs]?)?|zukunftssicher(?:e[mnrs]?)?",
    r"so (?:bald|schnell|gut|weit) wie möglich|schnellstmöglich|baldmöglichst|zeitnah(?:e[mnrs]?)?|möglichst",
    r"angemessen(?:e[mnrs]?)?|ausreichend(?:e[mnrs]?)?|wenn möglich|bei bedarf|usw|und so weiter",
)  # fmt: skip
_VAGUE = re.compile(rf"(?<![\w/-])(?:{'|'.join(_WORDS)}|etc(?!/))(?![\w-])", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|thousand|million|half|twice|double"
    r"|zero|none|nobody|nothing|never"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|dutzend|hundert|tausend|million|hälfte|halb|doppelt"
    r"|null|niemand|nichts|nie|keine[mnrs]?)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(r"[`\"“„«‘]|https?://\S+")
_CLOSING = {
    sign: re.compile(end) for sign, end in (("`", "`"), ('"', '"'), ("“", "”"), ("„", "[“”]"), ("«", "»"), ("‘", "’"))
}


def vague_words(text: str) -> list[str]:
    """The vague words of a text as they were written, each once; none where the text gives a number as well."""
    claims = " ".join(_outside_names(text))
    if _NUMBER.search(claims):
        return []
    return list(dict.fromkeys(match[0] for match in _VAGUE.finditer(claims)))


def _outside_names(text: str) -> Iterator[str]:
    """What stands between quotes, backticks and addresses. A sign that nobody closes is looked for once."""
    done = at = 0
    endless: set[str] = set()
    while opening := _OPENING.search(text, at):
        sign, at = opening[0], opening.end()
        if sign in _CLOSING:
            closing = None if sign in endless else _CLOSING[sign].search(text, at)
            if closing is None:
                endless.add(sign)
                continue
            at = closing.end()
        yield text[done : opening.start()]
        done = at
    yield text[done:]
