"""A text as the patterns know it: simplified characters, half-width letters, nothing in between."""

import re
import unicodedata
from collections.abc import Iterator

# the characters of the patterns that are written another way in traditional Chinese
_TRADITIONAL = (
    "萬万與与專专東东兩两嚴严個个為为爲为舉举麼么義义鄉乡買买亂乱虧亏亞亚產产親亲僅仅從从倉仓們们價价優优會会傳传餘余併并備备償偿兒儿關关內内寫写馮冯決决準准減减幾几擊击劃划劉刘剛刚"
    "創创別别勸劝辦办務务動动勵励區区華华協协單单賣卖衛卫廠厂歷历曆历壓压參参髮发發发變变臺台號号葉叶後后嗎吗聽听啓启啟启吳吴員员響响圖图場场壞坏塊块堅坚墊垫聲声壺壶處处復复複复頭头"
    "獎奖媽妈妳你嬸婶孫孙學学寧宁寶宝實实審审對对導导將将爾尔盡尽層层師师帶带幫帮並并慶庆應应開开張张彈弹歸归當当錄录徵征態态總总懸悬戲戏戶户託托擔担拋抛搶抢護护報报掛挂撥拨據据損损"
    "換换擱搁攤摊擺摆數数斷断無无時时曉晓暫暂機机權权條条來来楊杨標标樣样樓楼沒没滿满漲涨潤润燈灯點点煩烦爛烂熱热愛爱爺爷猶犹獨独現现電电盤盘監监確确碼码禮礼離离稱称穩稳競竞筆笔籤签"
    "簽签緊紧糾纠紅红約约級级納纳紙纸線线組组終终紹绍經经結结繞绕給给絕绝統统績绩緒绪續续維维緩缓網网羅罗罰罚聯联臉脸節节蘇苏範范薦荐營营蕭萧蔣蒋慮虑雖虽補补裡里裏里見见規规視视計计"
    "訂订認认讓让議议記记講讲許许訪访證证評评識识詐诈訴诉話话詢询該该詳详語语誤误說说説说請请諾诺讀读課课誰谁調调談谈謝谢譜谱負负財财責责賬账帳账貨货質质購购貼贴費费資资賠赔賺赚贈赠"
    "贏赢趙赵趕赶車车轉转輪轮軟软輕轻載载輸输邊边過过運运還还這这進进遠远違违連连遲迟適适遞递鄧邓鄰邻鄭郑錢钱釘钉鐘钟鍾钟鐵铁銀银鏈链銷销鎖锁鍋锅錯错長长門门閉闭問问間间隊队陳陈險险"
    "隨随難难靜静韋韦韓韩頂顶須须顧顾預预領领頻频題题額额風风飛飞馬马駡骂罵骂驗验騙骗驟骤魯鲁麵面黃黄齊齐隻只乾干幹干係系繫系於于著着週周祕秘纔才竝并書书況况則则測测繼继"
)
_SIMPLIFIED = dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)) | {"’": "'", "‘": "'"}
_BETWEEN = re.compile(r"(?<=[一-鿿])[^\S\n]+(?=[一-鿿])")


def plain(text: str) -> tuple[str, list[int]]:
    """Return a text as the patterns know it, and where each of its characters came from.

    Letters and digits become half-width, characters simplified and quotation marks straight;
    invisible characters and blanks between Chinese characters go. Punctuation stays.

    Returns
    -------
    text : str
    places : list of int
        For each character its place in the original, and the original's length at the end.

    Examples
    --------
    >>> plain("我們 保\\u200b證")
    ('我们保证', [0, 1, 3, 5, 6])
    """
    pairs = [pair for place, char in enumerate(text) for pair in _as_known(char, place)]
    whole = "".join(char for char, _ in pairs)
    gone = {n for blank in _BETWEEN.finditer(whole) for n in range(*blank.span())}
    kept = [pair for n, pair in enumerate(pairs) if n not in gone]
    return "".join(char for char, _ in kept), [*(place for _, place in kept), len(text)]


def _as_known(char: str, place: int) -> Iterator[tuple[str, int]]:
    kind = unicodedata.category(char)
    if kind == "Cf":  # zero-width blanks and joiners
        return
    known = unicodedata.normalize("NFKC", char) if kind[0] in "LN" or char in "％\u3000" else char
    for each in known:
        yield _SIMPLIFIED.get(each, each), place
