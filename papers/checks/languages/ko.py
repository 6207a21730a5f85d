"""What checks know of Korean."""

from __future__ import annotations

from papers.checks.languages.base import KEPT_IN_LATIN, Language, Prose
from papers.checks.languages.counting import Bound, Counting
from papers.checks.languages.hangul import HANGUL

COUNTING = Counting(
    numerals={"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10},
    small={"십": 1, "백": 2, "천": 3},
    large={"만": 4, "억": 8, "조": 12},
    several=r"수|몇",
    fraction=r"분의",
    halves=r"절반|반감",
    doubles={"배증": 2},
    percent=r"퍼센트(?:\s?포인트)?|%\s?포인트|%p\b|%|프로(?![가-힣])",
    points=r"포인트|점",
    times=r"배(?![경치포열송터])",
    counters=r"개월|개|번|회|명|가지|종류|종|단계|층|건|편|대|장|곳|자리|일|차",
    ordinals=r"번째|위|차례|세대",
    years=r"년대?",
    months=r"월",
    ranges=r"에서|부터|이상",
    listed=r"및|또는|혹은|그리고|과|와",
    references=r"그림|표|식|절|장|부록|정리|보조정리|알고리즘|섹션|페이지|쪽|제|Table|Figure|Fig\.|Section|pp?\.",
    referred=r"페이지|쪽|절(?!반)|장(?![가-힣])|번째\s?줄",
    bounds_before={
        r"최대": Bound.MOST,
        r"최고": Bound.MOST,
        r"기껏해야": Bound.MOST,
        r"적어도(?:[^,.0-9]{1,8}의)?": Bound.LEAST,
        r"최소": Bound.LEAST,
        r"최저": Bound.LEAST,
        r"약": Bound.ABOUT,
        r"대략": Bound.ABOUT,
        r"거의": Bound.ABOUT,
    },
    bounds_after={
        "이상": Bound.LEAST,
        "이하": Bound.MOST,
        "이내": Bound.MOST,
        "미만": Bound.UNDER,
        "초과": Bound.OVER,
        "남짓": Bound.OVER,
        "정도": Bound.ABOUT,
        "가량": Bound.ABOUT,
        "가까이": Bound.ABOUT,
        "내외": Bound.ABOUT,
        "쯤": Bound.ABOUT,
    },
    verbs_after={
        "[을를]?\\s?넘": Bound.OVER,
        "[을를]?\\s?상회": Bound.OVER,
        "[을를]?\\s?초과하": Bound.OVER,
        "보다\\s?(?:많|크|큰|길|높)": Bound.OVER,
        "[을를]?\\s?하회": Bound.UNDER,
        "보다\\s?(?:적|작|짧|낮)": Bound.UNDER,
        "까지": Bound.MOST,
        "만|밖에": Bound.ABOUT,
    },
    fewer=r"적[은게어]|작[은게아]|낮[은게아춰]|감소|줄[이어었여인일]|절감|단축|절약",
    more=r"증가|향상|개선|빠르|빨|늘|많|크게|큰|높|효율",
    parameters=r"(?:개의?|의)?\s?(?:파라미터|매개변수)",
    beats=r"(?:에\s비해|와\s비교해|과\s비교해|보다)[^.,]{0,12}?(?:우수|높|뛰어나|좋)|[을를]\s(?:능가|상회|넘어|앞)",
    lower_is_better=r"오류|오차|손실|퍼플렉서티|비용|시간|메모리|지연|낮|적은|작|감소|줄|FID|WER|CER",
    broken_scale="백천십",
    broken_range=r"에서|부터",
    items=r"및|또는|그리고|와|과",
    counted=r"\s?(?:등의?|같은|이라는|를\s포함한|을\s포함한),?",
)

PROSE = Prose(
    stops=".!?。",
    whole_clause=r"[다요까]$",
    last_words=r"니다(?=\s+[가-힣A-Z])",
    asking=r"(?:까|나요|가요)[.]?['\"”’)]*$|[?？]['\"”’)]*$",
    how_many=r"얼마|몇\s?(?:개|명|배|%|퍼센트|종|번|층|가지|억|만|시간|년|일|초|점|건)",
    a_number=r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|수십|수백|수천)\s?(?:개|명|배|종|번|층|가지|시간|만|억)|절반|매[일주월년]|없",
    only_place=r"(?:이(?:는|것은)|이 (?:정보|결과|내용|답변)(?:는|은)|이러한 (?:정보|결과|내용)(?:는|은))\s"
    r"[^.]{0,24}(?:\(pp?\.\s*\d|\d\s?(?:쪽|페이지))[^,]{0,24}(?:나와|기재|추출|명시|설명|참조|인용|있습니다|있다)[^,]{0,12}[.]?",
    script="가-힣",
    polite=r"(?:니다|니까|[아어해]요|예요|에요|세요|시오|[네군지나까]요)$",
    plain=r"(?<!니)다$",
    second_person=r"(?<![가-힣])(?:당신|귀하|귀사|여러분)",
    slips=((r"을을|를를(?=\s)", "를"), (r"(?<![가-힣])([가-힣]{2,}[을를은는이가]) \1(?![가-힣])", r"\1")),
    naming=r"\s?(?:이?라는|이?라고|기법|알고리즘|함수)",
    latin=KEPT_IN_LATIN,
    borrowing=HANGUL,
    shortest=0.31,
)

KO = Language("ko", spaced=True, counting=COUNTING, prose=PROSE)
