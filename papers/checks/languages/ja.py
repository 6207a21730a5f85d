"""What checks know of Japanese."""

from __future__ import annotations

from papers.checks.languages.base import KEPT_IN_LATIN, Language, Prose
from papers.checks.languages.counting import Bound, Counting
from papers.checks.languages.katakana import KATAKANA

COUNTING = Counting(
    numerals={character: number for number, character in enumerate("〇一二三四五六七八九")},
    small={"十": 1, "百": 2, "千": 3},
    large={"万": 4, "億": 8, "兆": 12},
    several=r"数|何|幾",
    fraction=r"分\s?の",
    halves=r"半分|半減|半数|半額",
    doubles={"倍増": 2},
    percent=r"パーセント|%\s?ポイント|%",
    points=r"ポイント|pt\b",
    times=r"倍",
    counters=r"つ|個|回|点目|番|人|名|種|段階|通り|件|本|層|社|台|枚|語|日|[ヶかカケ箇]月|[ヶかカケ箇]所|桁|者|次",
    ordinals=r"番目|位|つ目|回目|人目|世代",
    years=r"年代?",
    months=r"月",
    ranges=r"から|より|以上",
    listed=r"および|及び|または|又は|もしくは|あるいは|そして|と|や|か",
    references=r"図表?|表|式|節|章|付録|定理|補題|アルゴリズム|セクション|ページ|第|Table|Figure|Fig\.|Section|pp?\.",
    referred=r"ページ|頁|節|章|項|行目|列目",
    bounds_before={
        r"最大で?(?:も|は)?": Bound.MOST,
        r"最高で?": Bound.MOST,
        r"最長で?": Bound.MOST,
        r"高々": Bound.MOST,
        r"せいぜい": Bound.MOST,
        r"最低で?も?": Bound.LEAST,
        r"最小で?": Bound.LEAST,
        r"少なくとも(?:[^、。0-9]{1,8}の)?": Bound.LEAST,
        r"約": Bound.ABOUT,
        r"およそ": Bound.ABOUT,
        r"おおよそ": Bound.ABOUT,
        r"ほぼ": Bound.ABOUT,
        r"概ね": Bound.ABOUT,
        r"ほとんど": Bound.ABOUT,
    },
    bounds_after={
        "以上": Bound.LEAST,
        "以下": Bound.MOST,
        "以内": Bound.MOST,
        "未満": Bound.UNDER,
        "超": Bound.OVER,
        "余り": Bound.OVER,
        "あまり": Bound.OVER,
        "強": Bound.ABOUT,
        "弱": Bound.ABOUT,
        "程度": Bound.ABOUT,
        "ほど": Bound.ABOUT,
        "前後": Bound.ABOUT,
        "近く": Bound.ABOUT,
        "くらい": Bound.ABOUT,
        "ぐらい": Bound.ABOUT,
    },
    verbs_after={
        "を?超え": Bound.OVER,
        "を?越え": Bound.OVER,
        "を?上回": Bound.OVER,
        "より(?:も|大き|多|長|高)": Bound.OVER,
        "を?下回": Bound.UNDER,
        "より(?:少な|小さ|短|低)": Bound.UNDER,
        "まで": Bound.MOST,
        "のみ|だけ|しか": Bound.ABOUT,
    },
    fewer=r"少な|小さ|低く|低い|低減|減少|削減|短縮|減ら|軽減|節約",
    more=r"増|向上|改善|高速|速|上昇|拡大|多|大き|高く|高い|効率",
    parameters=r"(?:個の?|の)?\s?パラメータ",
    beats=r"(?:に比べて?も?|と比べて?も?|と比較して?も?|よりも?)[^。、,]{0,12}?(?:優れ|高い|高く|良い|良好)|を(?:上回|超え|凌)",
    lower_is_better=r"誤り|誤差|エラー|損失|パープレキシティ|コスト|時間|メモリ|遅延|レイテンシ|低い|低く|少な|小さ|削減|減少|FID|WER|CER",
    broken_scale="百千十",
    broken_range=r"から",
    items=r"および|及び|または|又は|ならびに|と",
    counted=r"(?:など|といった|という|を含む|からなる|等)[の、,]?",
)

PROSE = Prose(
    stops="。．！？.!?",
    whole_clause=r"[うくぐすつぬぶむるただいんか]$",
    last_words=r"(?:です|(?<!ます)ます|でした|ました|ません)(?=[一-鿿ァ-ヴA-Z])(?![調体形])",
    asking=r"(?:(?<=[ぁ-ん])(?<!どう)か[。．.]?|[?？])[」』）)]*$",
    how_many=r"いく(?:つ|ら)|ど(?:のくらい|のぐらい|れくらい|れぐらい|れほど|れだけ)"
    r"|何(?:[%％個人倍件本回層台枚点語度年秒つ]|パーセント|ポイント|時間|種類|[十百千万億])(?![かも])",
    a_number=r"[一二三四五六七八九十百千万億兆半][つ個人倍分種割回度年件本]|半[分数]|数[十百千万億]|ゼロ|毎[日週月年]|なし|全く|ほぼ",
    only_place=r"(?:これ(?:ら)?|こちら|以上|上記|この(?:情報|結果|内容|記述|回答)|これらの(?:情報|結果|内容))(?:の(?:情報|内容|結果))?は、?"
    r"[^。]{0,24}(?:[(（]pp?\.\s*\d|\d\s?ページ)[^。]{0,20}"
    r"(?:記載|記述|抽出|説明|情報|参照|言及|引用|述べ|示さ|書か|見つ)[^。、]{0,12}[。.]?",
    script="ぁ-ゖァ-ヺー一-鿿々",
    polite=r"(?:です|ます|でした|ました|ません|でしょう|ましょう|ください|下さい)(?:か|ね|よ)?$",
    # Not what ends alike and is a noun (違い, 3つ, 多く), nor はい.
    plain=r"(?:[うぐすぬぶむるただず]|(?<![多近遠早])く|(?<![0-9０-９一二三四五六七八九])つ|(?<![は違扱狙舞願問払争戦])い)$",
    second_person=r"あなた(?:がた|たち)?|貴方|貴社|御社|弊社",
    slips=(
        (r"をを", "を"),
        (r"がが", "が"),
        (r"(?<=[ぁ-ん])[ 　]+(?=た。|た\.|て[いお]|す。|る。|い。|ます|です|ました|でした)", ""),
        (r"([ァ-ヺー]{3,}|[一-鿿]{2,})(?:の)?\1(?![ァ-ヺー一-鿿])", r"\1"),
    ),
    full_stop="。",
    naming=r"\s?(?:という|と呼|と名付|手法|法|アルゴリズム|関数)",
    latin=KEPT_IN_LATIN,
    borrowing=KATAKANA,
    shortest=0.28,
)

JA = Language("ja", spaced=False, counting=COUNTING, prose=PROSE)
