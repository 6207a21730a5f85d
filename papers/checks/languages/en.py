"""What checks know of English."""

from __future__ import annotations

from papers.checks.languages.base import Language, Prose
from papers.checks.languages.counting import Bound, Counting

COUNTING = Counting(
    words=True,
    numerals={
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    },
    small={"hundred": 2},
    large={"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    severals={
        "tens of thousands": 4,
        "hundreds of thousands": 5,
        "tens of millions": 7,
        "hundreds of millions": 8,
        "tens of billions": 10,
        "hundreds of billions": 11,
        "tens": 1,
        "dozens": 1,
        "decades": 1,
        "hundreds": 2,
        "thousands": 3,
        "millions": 6,
        "billions": 9,
        "trillions": 12,
    },
    parts={"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10},
    halves=r"half|halv(?:e[sd]?|ing)",
    doubles={
        "double": 2,
        "doubled": 2,
        "doubles": 2,
        "doubling": 2,
        "twice": 2,
        "twofold": 2,
        "thrice": 3,
        "triple": 3,
        "tripled": 3,
        "triples": 3,
        "tripling": 3,
        "threefold": 3,
        "fourfold": 4,
        "fivefold": 5,
        "sixfold": 6,
        "tenfold": 10,
        "order of magnitude": 10,
    },
    percent=r"per\s?cent(?:age)?(?:\spoints?)?|pp\b",
    points=r"(?:absolute\s)?points?\b",
    times=r"times\b|fold\b",
    times_before=r"factors?\sof",
    ones=r"a|per",
    counters=r"orders\sof\smagnitude",
    ordinals=r"(?:st|nd|rd|th)\b",
    years=r"s\b",
    ranges=r"to|through|and\sup\sto",
    listed=r"and|or|versus|vs\.?|respectively",
    references=r"(?:Tables?|Figures?|Figs?\.?|Sections?|Secs?\.|Eqs?\.|Equations?|Appendix|Chapters?|Algorithms?|Theorems?"
    r"|Lemmas?|Listings?|[Pp]ages?|pp?\.)",
    bounds_before={
        r"more\sthan": Bound.OVER,
        r"greater\sthan": Bound.OVER,
        r"larger\sthan": Bound.OVER,
        r"upwards\sof": Bound.OVER,
        # “averaged over 5 runs” is no bound, “spanning over 15 modalities” is one.
        r"(?:^|[.,;:(]\s?|\b(?:of|with|by|from|to|in|at|on|for|and|or|than|is|are|was|were|has|have|had|\w+ing"
        r"|covers|contains?|spans?|gains?|achieves?|reach(?:es)?|supports?|includes?|comprises?|requires?|takes?|uses?)\s)"
        r"over": Bound.OVER,
        r"at\sleast": Bound.LEAST,
        r"no\s(?:less|fewer)\sthan": Bound.LEAST,
        r"not\s(?:less|fewer)\sthan": Bound.LEAST,
        r"a\sminimum\sof": Bound.LEAST,
        r"less\sthan": Bound.UNDER,
        r"fewer\sthan": Bound.UNDER,
        r"smaller\sthan": Bound.UNDER,
        r"under": Bound.UNDER,
        r"at\smost": Bound.MOST,
        r"no\smore\sthan": Bound.MOST,
        r"not\smore\sthan": Bound.MOST,
        r"up\sto": Bound.MOST,
        r"as\s(?:many|much|large|high|long)\sas": Bound.MOST,
        r"a\smaximum\sof": Bound.MOST,
        r"about": Bound.ABOUT,
        r"around": Bound.ABOUT,
        r"roughly": Bound.ABOUT,
        r"approximately": Bound.ABOUT,
        r"nearly": Bound.ABOUT,
        r"almost": Bound.ABOUT,
        r"close\sto": Bound.ABOUT,
        r"some": Bound.ABOUT,
    },
    bounds_after={r"or\s(?:more|higher|greater|larger|better|above)": Bound.LEAST, r"or\s(?:less|fewer|lower|smaller|below)": Bound.MOST},
    verbs_before={
        r"exceed(?:s|ed|ing)?": Bound.OVER,
        r"above": Bound.OVER,
        r"beyond": Bound.OVER,
        r"over": Bound.OVER,
        r"below": Bound.UNDER,
        r"within": Bound.MOST,
        r"as\s(?:few|little|low)\sas": Bound.ABOUT,
        r"only": Bound.ABOUT,
    },
    parameters=r"parameters?",
)

_OPENERS = """
    accordingly additionally also although besides consequently conversely finally first firstly furthermore generally
    hence here however importantly indeed initially instead lastly likewise meanwhile moreover namely nevertheless next
    nonetheless notably note overall particularly previously second secondly similarly since specifically subsequently
    then therefore third thirdly this these thus ultimately unlike when whereas while
"""
_SMALL = """
    a an and as at but by for from in into is its nor of off on or over per than the to under via vs with
"""

PROSE = Prose(
    stops=".!?",
    how_many=r"(?i)\bhow (?:many|much|large|big|long|often|fast|few)\b"
    r"|\bwhat (?:percentage|fraction|proportion|share|number)\b",
    a_number=r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|[mb]illion|half|twice"
    r"|double|triple|none|once|every|each|hourly|daily|weekly|monthly|yearly|annually)\b",
    only_place=r"(?:this|these|the)(?: (?:information|results?|answers?|claims?|statements?|findings?))? "
    r"(?:is|are|was|were|can be) (?:\w+ ){0,3}(?:stated|found|described|mentioned|taken|extracted|reported|given|shown)\b[^,;]{0,24}"
    r"(?:[(]pp?\.\s*\d|pages? \d)[^,;]{0,12}",
    second_person=r"(?i)\byou(?:r|rs|rself)?\b",
    slips=((r"(?i)\b(a|an|the|of|to|in|and|is|for|with|we) \1\b", r"\1"),),
    openers=frozenset(_OPENERS.split()),
    small=frozenset(_SMALL.split()),
)

EN = Language("en", spaced=True, counting=COUNTING, prose=PROSE)
