#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Makes texts.txt from a checkout of github.com/spdx/license-list-XML.

    git -C license-list-XML archive v3.28.0 src | tar x -C /tmp/list
    python3 make.py /tmp/list/src > texts.txt

The markup of texts.txt is explained in README.md beside this file.
"""

import re
import sys
import textwrap
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path

try:
    from re import _constants as constants, _parser as parser
except ImportError:  # before Python 3.11
    import sre_constants as constants
    import sre_parse as parser

NS = "{http://www.spdx.org/license}"
GLUE = "\x01"
# More spellings than these are not written down: the alternative then takes any words.
MOST = 96
# Looked for first, and named first where two fit equally well.
COMMON = """MIT Apache-2.0 BSD-3-Clause BSD-2-Clause GPL-2.0 GPL-3.0 LGPL-2.1 LGPL-3.0 ISC
MPL-2.0 AGPL-3.0 Unlicense CC0-1.0 0BSD MIT-0 BSL-1.0 Zlib EPL-2.0 EPL-1.0 OFL-1.1 LGPL-2.0
CC-BY-4.0 CC-BY-SA-4.0 CC-BY-3.0 CC-BY-SA-3.0 MPL-1.1 WTFPL Artistic-2.0 PSF-2.0 Python-2.0
BSD-4-Clause X11 JSON Ruby CDDL-1.0 EUPL-1.2 BUSL-1.1 SSPL-1.0 Elastic-2.0""".split()


def words(text):
    """Returns the words that a reader of the text compares."""
    return " ".join(re.findall(r"[^\W_]+(?:\.\d+)*|\*", unicodedata.normalize("NFKC", text).lower()))


def spellings(pattern):
    """Returns what a pattern matches as rows of words, `*` standing for any words."""
    try:
        found = expand(parser.parse(pattern))
    except (re.error, OverflowError):
        found = None
    if found is None:
        return ["*"]
    rows = sorted({words(one) for one in found})
    return rows if len(rows) <= MOST else ["*"]


def expand(pattern):
    """Returns all strings of a parsed pattern, or None if they are too many."""
    out = {""}
    for op, value in pattern:
        more = atom(op, value)
        if more is None:
            return None
        out = {a + b for a in out for b in more}
        if len(out) > 40 * MOST:
            return None
    return out


def atom(op, value):
    if op is constants.LITERAL:
        letter = chr(value)
        return {" " if letter == "*" else letter}
    if op is constants.ANY:
        return {" * "}
    if op in (constants.NOT_LITERAL, constants.CATEGORY, constants.AT):
        return {" "}
    if op is constants.IN:
        return member(value)
    if op is constants.SUBPATTERN:
        return expand(value[-1])
    if op is constants.BRANCH:
        parts = [expand(one) for one in value[1]]
        return None if None in parts else set().union(*parts)
    if op in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        return repeat(*value)
    return None


def member(value):
    letters = {chr(v) for k, v in value if k is constants.LITERAL}
    plain = all(k is constants.LITERAL for k, _ in value)
    if plain and any(letter.isalnum() for letter in letters):
        return {letter if letter.isalnum() else " " for letter in letters}
    if any(k in (constants.RANGE, constants.NEGATE) for k, _ in value):
        return {" * "}
    return {" "}


def repeat(low, high, inner):
    one = expand(inner)
    if one is None:
        return None
    if high == 1:
        return one if low else one | {""}
    if any("*" in text for text in one):
        return {" * "}
    if all(not words(text) for text in one):
        return {" "}
    return None


def text_of(node, inside=""):
    """Returns the text below a node, with its markup."""
    out = [node.text or ""]
    for child in node:
        out.append(element(child, inside))
        out.append(child.tail or "")
    return "".join(out)


def element(node, inside):
    tag = node.tag.replace(NS, "") if isinstance(node.tag, str) else ""
    spacing = node.get("spacing", "both")
    left = GLUE if spacing in ("none", "after") else " "
    right = GLUE if spacing in ("none", "before") else " "
    if tag == "":
        return ""
    if tag == "br":
        return "\x02" + text_of(node, inside)
    if tag == "bullet":
        return f" [[b {flat(text_of(node))} ]] "
    if tag in ("titleText", "copyrightText"):
        kind = tag[0]
        return f"\x03[[{kind} {text_of(node, kind)} ]]\x03"
    if tag == "optional" or tag == "standardLicenseHeader":
        return f"{left}[[o {text_of(node, inside)} ]]{right}"
    if tag == "alt":
        example = flat(text_of(node, "a"))
        own = words(example)
        rows = [row for row in spellings(node.get("match", ".*")) if row != own]
        rows = ["*"] if "*" in rows else rows
        return f"{left}[[a {' | '.join([example.replace('|', ' '), *rows])} ]]{right}"
    if tag in ("p", "list", "item"):
        return "\x03" + text_of(node, inside) + "\x03"
    return text_of(node, inside)


def flat(text):
    text = re.sub(r"\[\[[a-z] |\]\]", "", text)
    return re.sub(r"[\s\x01-\x03]+", " ", text).strip()


def glued(text):
    """Writes an optional part of a word as an alternative of two words."""
    text = re.sub(
        rf"(\w+){GLUE}\[\[o\s+(\w+)\s+\]\]{GLUE}?(\w*)",
        lambda m: f"[[a {m[1]}{m[2]}{m[3]} | {words(m[1] + m[3])} ]]",
        text,
    )
    return text.replace(GLUE, "")


OWNED = re.compile(r"^\s*(?:portions |parts )?(copyright|\(c\)|©)\s*(\(c\)|©|\d{4}|[<\[{]?y|by )", re.I)


# A link is no word, so what may be spelt otherwise inside of one is none either.
LINKED = re.compile(r"((?:https?://|www\.)[^\s\[\]]*[./]) ?\[\[a ([^\s|]+) (?:\|[^\]]*)?\]\] ?([./]\S)")


def lines_of(text):
    text = LINKED.sub(r"\1\2\3", re.sub(r"\s+", " ", text))
    # Repeated breaks are one, and a break inside of marks is kept.
    text = re.sub(r"[ \x02]*\x03[ \x02\x03]*", "\x03", text)
    out = []
    for paragraph in text.split("\x03"):
        for line in paragraph.split("\x02"):
            line = line.strip()
            if OWNED.match(line) and line.count("[[") == line.count("]]"):
                line = f"[[c {line} ]]"
            if line:
                out += textwrap.wrap(line, 100, break_long_words=False, break_on_hyphens=False)
        out.append("")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip()
    text = re.sub(r"\[\[(\w)\s+", r"[[\1 ", text)
    text = re.sub(r"\s+\]\]", " ]]", text)
    return re.sub(r"\[\[c \[\[c ([^\[\]]*?) \]\] \]\]", r"[[c \1 ]]", text)


def parameters(text):
    """Marks the parameters of the BUSL, which everybody fills in and orders differently."""
    head, mark, rest = text.partition("\nTerms\n")
    assert mark, "BUSL-1.1"
    terms, mark, tail = rest.partition("\nMariaDB hereby grants you permission")
    assert mark, "BUSL-1.1"
    return f"[[o {head.strip()} ]]\n{'Terms'}\n{terms}\n[[o {mark.strip()}{tail} ]]"


def alone(text):
    """Drops the text of the GPL from that of the LGPL: it is a text of its own."""
    head, mark, _ = text.partition("[[o GNU GENERAL PUBLIC LICENSE")
    assert mark, "LGPL-3.0"
    return head.strip()


def granting(text):
    """Takes the licence out of the copyright statement that it was marked as."""
    return re.sub(r"\[\[c (.*?\. )(You are .*) \]\]$", r"[[c \1]]\n\2", text, flags=re.S)


def unnamed(text):
    """Adds a common spelling of the third clause."""
    row = "neither the name * nor the names of contributors may"
    return re.sub(row.replace("*", r"\*").replace(" ", r"\s+"), f"{row} | {row.replace('contributors', 'its contributors')}", text)


OWN_MARKUP = {
    "BSD-3-Clause": unnamed,
    "BUSL-1.1": parameters,
    "LGPL-3.0-only": alone,
    "LGPL-3.0-or-later": alone,
    "Bitstream-Charter": granting,
}
# Says only that any licence is meant.
NO_TEXT = ["any-OSI", "any-OSI-perl-modules"]


def entry(path):
    root = ElementTree.parse(path).getroot()
    node = next(child for child in root if child.tag in (NS + "license", NS + "exception"))
    if node.get("deprecatedVersion") or node.get("licenseId") in NO_TEXT:
        return None
    body = node.find(NS + "text")
    raw = text_of(body)
    assert "]]" not in "".join(body.itertext()), path
    name = node.get("licenseId")
    kind = "exception" if node.tag == NS + "exception" else "license"
    text = OWN_MARKUP.get(name, lambda text: text)(lines_of(glued(raw)))
    assert text.count("[[") == text.count("]]"), path
    return kind, name, flat(node.get("name", "")), text


def base_of(name):
    """Returns the id without what the text does not say."""
    name = re.sub(r"-(only|or-later)$", "", name)
    return re.sub(r"-(no-)?(RFN|invariants|copyleft-exception)$", "", name)


def compared(text):
    text = re.sub(r"\[\[[bc] .*?\]\]", " ", text, flags=re.S)
    return words(text)


def main():
    source = Path(sys.argv[1])
    entries = [entry(path) for path in sorted([*source.glob("*.xml"), *source.glob("exceptions/*.xml")])]
    entries = [one for one in entries if one]
    # The texts of the GNU licences do not say whether later versions may be used.
    known = {}
    kept = []
    bases = [(len(name), kind, base_of(name), title, text) for kind, name, title, text in entries]
    for _, kind, base, title, text in sorted(bases):
        key = (kind, compared(text))
        if key in known:
            if base not in (known[key][1], *known[key][4]):
                known[key][4].append(base)
            continue
        known[key] = (kind, base, title, text, [])
        kept.append(known[key])
    seen = set()
    kept = [one for one in kept if not (one[1] in seen or seen.add(one[1]))]
    rank = {name: i for i, name in enumerate(COMMON)}
    kept.sort(key=lambda one: (one[0] != "license", rank.get(one[1], len(rank)), one[1]))
    print("# Generated by make.py from the SPDX licence list; see README.md for the markup.")
    for kind, name, title, text, equal in kept:
        also = "".join(f" = {other}" for other in equal)
        print(f"\n=== {kind} {name}{also} : {title}\n{text}")


if __name__ == "__main__":
    main()
