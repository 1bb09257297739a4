# %% [markdown] tags=["zh"]
# # 第 4 课　首笔交易：先做对，再求快
#
# 学完这一课，你能够：
#
# - 把课件的**五招**按今天可以用的次序用
# - 说出哪句话**谁可以说**，用一句话把具体建议交给投资顾问
# - 判断**客户和产品**能不能配：十二对，一个红灯都不闯
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 4 · The first trade: right before quick
#
# After this lesson you can:
#
# - use the deck's **five tactics** in the order that holds today
# - say **who may say what**, and hand a request for advice to a licensed adviser in one reply
# - judge whether **client and product** match: twelve pairs, not one red light passed
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.conduct.suitability import GRADES
from crmkit.plots.suitability import match_matrix, outcome_ranges
from crmkit.widgets import Slider, Sliders, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l04")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l04")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l04-w1")

# %% tags=["widget"]
lesson.ask("l04-w2")

# %% tags=["widget"]
lesson.ask("l04-w3")

# %% [markdown] tags=["zh"]
# ## 二、开户第三天，一条微信
#
# “朋友都说有色要起飞，你给我挑一只。”刚开户的李先生发来的。
#
# 课件说，建立关系之后的第一个问题，就是怎样促进客户的第一笔交易，并给了五招：聊行情、教方法、推荐股票、讲风险、养理念。2010 年以后规则变了，五招还能用，次序和人要换。

# %% [markdown] tags=["en"]
# ## 2 Three days after opening, a message
#
# “Everybody says metals are taking off. Pick one for me,” writes Mr Li, who has just opened an account.
#
# The first question after a relationship is built, says the deck, is how to promote the first trade, and it has five tactics: talk about the market, teach method, recommend stocks, explain risk, grow a long view. Since 2010 the rules have changed; the five still serve, in another order and by other people.

# %% tags=["widget"]
lesson.ask("l04-p1")

# %% [markdown] tags=["zh"]
# ## 三、风险与收益：先看会变成多少
#
# 十万元放进 R1 到 R5 的产品，会变成多少？横条是二十次里的十八次。拖动年数看看：
#
# 1. 一年：R4 横条的左端是多少？（二十次里还有一次更差。）比 R1 的左端少多少？
# 2. 五年：横条变宽还是变窄？圆点移到了哪里？
#
# 涨跌幅度是教学假设，不是预测；真实产品看它自己的说明书。

# %% [markdown] tags=["en"]
# ## 3 Risk and return: first see what it may become
#
# What does CNY 100,000 become in products of grade R1 to R5? The bar holds eighteen times in twenty. Move the years:
#
# 1. One year: where does R4's bar begin? (One time in twenty is worse still.) How far below R1's?
# 2. Five years: is the bar wider or narrower? Where has the dot gone?
#
# The swings are teaching assumptions and no forecast; for a real product read its own papers.

# %% tags=["widget"]
Sliders(
    {"years": Slider("l04.slider.years", range(1, 11), 1)},
    lambda years: outcome_ranges(lesson.practice.ranges(years), GRADES),
    name="risk_return",
)

# %% [markdown] tags=["zh"]
# ## 四、谁可以说
#
# | | 客户经理、经纪人 | 注册投资顾问 |
# |---|---|---|
# | 市场事实、规则、方法、费用 | 可以 | 可以 |
# | 公司统一提供的研究报告 | 可以，注明出处和日期 | 可以 |
# | 具体证券、买卖时机、配置比例 | **不可以** | 签协议、匹配之后可以 |
# | 承诺收益、代客操作、内幕消息 | **谁都不可以** | **谁都不可以** |

# %% [markdown] tags=["en"]
# ## 4 Who may say it
#
# | | account manager, agent | licensed adviser |
# |---|---|---|
# | market facts, rules, method, charges | yes | yes |
# | the firm's own research | yes, with source and date | yes |
# | securities, timing, allocation | **no** | under an agreement, if suitable |
# | promised returns, trading for clients, inside tips | **nobody** | **nobody** |

# %% tags=["widget"]
lesson.ask("l04-p2")

# %% [markdown] tags=["zh"]
# ## 五、客户和产品：四句话的闸门
#
# 1. 测评**过期**了吗？过期，先重新测评。
# 2. 等级**够**吗？够，可以推介。
# 3. 不够：是**最低类别**吗？是，一律不可以。
# 4. 不是：客户**主动**提出、**警示**过、仍**坚持**吗？三样齐，可以应要求；缺警示，先补；不是主动，不可以。
#
# **最低类别**是 C1 里最要保护的人：没有完全的判断能力，或者一分也亏不起。他们只到 R1。

# %% [markdown] tags=["en"]
# ## 5 Client and product: a gate of four questions
#
# 1. Has the assessment **lapsed**? Then assess first.
# 2. Does the level **suffice**? Then it may be offered.
# 3. If not: **lowest category**? Then never.
# 4. Otherwise: the client's **own wish**, **warned**, still **insisting**? All three: on request. Warning missing: warn first. Not asked for: refuse.
#
# **Lowest category**: those within C1 who need protection most, without full capacity to judge or unable to bear any loss. For them R1 is the end.

# %% tags=["figure"]
picture(match_matrix(lesson.practice.matrix))

# %% [markdown] tags=["zh"]
# 做一遍给你看。C2，测评是三个月前做的，不是最低类别；客户自己打电话来问一只 R3，还没有签警示书。
#
# 1. 没有过期。
# 2. C2 只到 R2，不够。
# 3. 不是最低类别。
# 4. 主动，但缺警示：**先补警示和确认**，今天不能下单。

# %% [markdown] tags=["en"]
# Watch it done once. C2, assessed three months ago, not of the lowest category; the client calls to ask for an R3 and has signed no warning yet.
#
# 1. Not lapsed.
# 2. C2 goes up to R2: does not suffice.
# 3. Not of the lowest category.
# 4. Own wish, but no warning: **warn first**, and no order today.

# %% tags=["widget"]
lesson.ask("l04-p3")

# %% [markdown] tags=["zh"]
# 自己拨一拨：什么情况下，“不得主动推介”会变成“可以办理”？最低类别的客户，有没有办法？（这里假设测评有效、警示过、客户坚持。）

# %% [markdown] tags=["en"]
# Turn the knobs: when does “may not be promoted” become “may be bought”? Is there any way round for the lowest category? (Here the assessment is valid, the client warned and insisting.)

# %% tags=["widget"]
Sliders(
    {
        "level": Slider("l04.slider.level", range(1, 6), 3, "C{:g}"),
        "grade": Slider("l04.slider.grade", range(1, 6), 4, "R{:g}"),
        "asked": Slider("l04.slider.asked", (0, 1), 0),
        "lowest": Slider("l04.slider.lowest", (0, 1), 0),
    },
    say=lesson.practice.verdict,
    name="gate",
)

# %% [markdown] tags=["zh"]
# ## 六、一句好的交接
#
# 好的交接有三样：**我不能**说什么、**我可以**做什么、**什么时候**。少了第二样是冷，少了第三样是空。
#
# 做一遍给你看。客户问“现在能不能加仓”：“加不加**我不能**替您判断；**我可以**把研究所的报告发您，再约投资顾问；**明天下午三点**，她打给您，行吗？”

# %% [markdown] tags=["en"]
# ## 6 A good hand-off
#
# It has three parts: what **I may not** say, what **I can** do, and **when**. Without the second it is cold, without the third it is empty.
#
# Watch it done once. “Should I add to it now?” — “That **I may not** judge for you. **I can** send you our research report and bring in our adviser: may she call you **tomorrow at three**?”

# %% tags=["widget"]
lesson.ask("l04-p7")

# %% tags=["widget"]
lesson.ask("l04-p4")

# %% tags=["widget"]
lesson.ask("l04-p6")

# %% [markdown] tags=["zh"]
# ## 七、他三周没有动
#
# 课件的第五招“培养客户的投资理念”，要用几个月。可是指标按月算。

# %% [markdown] tags=["en"]
# ## 7 Three weeks and nothing
#
# The deck's fifth tactic, a long view, takes months. Targets run by the month.

# %% tags=["widget"]
lesson.ask("l04-p5")

# %% [markdown] tags=["zh"]
# ## 八、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 适当为客户推荐股票以及推荐理由 | 具体证券由签了协议的投资顾问说；你给公司报告、讲方法、约顾问 |
# | 对重点客户提出一定的操作建议 | 同上，约一次检视 |
# | 避免客户的风险恐惧心理 | 先充分揭示风险；靠看懂来减少害怕，不靠不提 |
# | 促进持续交易 | 帮他会用、敢用；不为佣金催交易 |

# %% [markdown] tags=["en"]
# ## 8 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | Recommend stocks where suitable, with reasons | securities are for an adviser under an agreement; you give the firm's report, teach method, arrange the adviser |
# | Give key clients advice on trades | likewise: arrange a review |
# | Keep clients from fearing risk | explain it in full first; less fear through understanding, not through silence |
# | Promote further trading | help them to know how and to dare; never press for commission |

# %% [markdown] tags=["zh"]
# > **依据**：《证券法》第五十、五十三、五十七、八十八、一百三十四、一百三十五条（2019 年修订）；《证券投资顾问业务暂行规定》第七条；《证券经纪人管理暂行规定》第十一、十三条；《证券期货投资者适当性管理办法》第十九、二十二条。2026 年 11 月核对，后三项依据的是转载文本，以你公司合规部门的最新要求为准。

# %% [markdown] tags=["en"]
# > **Sources**: Securities Law, articles 50, 53, 57, 88, 134 and 135 (revision of 2019); provisional rules on investment advisers, article 7; provisional rules on brokers' agents, articles 11 and 13; measures on investor suitability, articles 19 and 22. Checked in November 2026, the last three in secondary texts: what your compliance department says comes first.

# %% [markdown] tags=["zh"]
# ## 九、带走三件事

# %% [markdown] tags=["en"]
# ## 9 Three things to take away

# %% tags=["widget"]
lesson.ask("l04-x1")

# %% tags=["widget"]
lesson.ask("l04-x2")

# %% tags=["widget"]
lesson.ask("l04-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 风险在前，方法在中，具体的交给有资格的人；闸门四句话，一句都不跳。
#
# **接下来：[做练习 E04a 和 E04b](exercise:04_first_trade)**：写一条回复、排五件事、过十二对，约 15 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Risk first, then method, specifics by whoever is licensed; four questions at the gate, none skipped.
#
# **Next: [exercises E04a and E04b](exercise:04_first_trade)**: a reply, five things in order, twelve pairs, about 15 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E04a、E04b　首笔交易
#
# 五道题。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 4 课](lesson:04_first_trade)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E04a and E04b · The first trade
#
# Five questions.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 4](lesson:04_first_trade) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l04")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l04")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l04", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l04", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、“你给我挑一只”

# %% [markdown] tags=["en", "exercise"]
# ## 1 “Pick one for me”

# %% tags=["exercise", "widget"]
lesson.ask("e04a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e04a-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e04a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e04a-q3"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、头几周的五件事

# %% [markdown] tags=["en", "exercise"]
# ## 2 Five things in the first weeks

# %% tags=["exercise", "widget"]
lesson.ask("e04a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e04a-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、十二对客户和产品

# %% [markdown] tags=["en", "exercise"]
# ## 3 Twelve pairs of client and product

# %% tags=["exercise", "widget"]
lesson.ask("e04b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e04b-q1"))

# %% [markdown] tags=["zh", "solution"]
# 四句话按次序问：过期了吗、够吗、最低类别吗、主动并警示过吗。任何一句答完就停，不要跳着问。

# %% [markdown] tags=["en", "solution"]
# Ask the four questions in turn: lapsed? sufficient? lowest category? own wish and warned? Stop at the first that decides, and skip none.

# %% [markdown] tags=["zh", "exercise"]
# ## 四、专业投资者

# %% [markdown] tags=["en", "exercise"]
# ## 4 A professional investor

# %% tags=["exercise", "widget"]
lesson.ask("e04b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e04b-q2"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:04_first_trade)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:04_first_trade).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:04_first_trade)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:04_first_trade) · [Start](lesson:00_start)
