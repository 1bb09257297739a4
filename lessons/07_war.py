# %% [markdown] tags=["zh"]
# # 第 7 课　佣金经济学：先算账，再谈价
#
# 学完这一课，你能够：
#
# - 把一笔交易的**全部费用**算到分
# - 算出降价之后**要多做多少**才补得回来
# - 算出为了留人**最多能降到哪里**，以及自己**真正拿到多少**
# - 用课件的**四个答案**应对佣金战，不碰红线
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 7 · The commission war: work it out before you talk price
#
# After this lesson you can:
#
# - work out **all a trade costs**, to the fen
# - work out **how much more trading** a cut takes
# - find **the deepest cut worth making** to keep a client, and **what is left for you**
# - meet the war with the deck's **four answers** and cross no line
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.prices import (
    break_even_curve,
    deepest_cut_curve,
    effective_rate_curve,
    fee_stack,
    lever_bars,
)
from crmkit.widgets import Slider, Sliders, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l07")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l07")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l07-w1")

# %% tags=["widget"]
lesson.ask("l07-w2")

# %% tags=["widget"]
lesson.ask("l07-w3")

# %% [markdown] tags=["zh"]
# ## 二、隔壁又降了
#
# 早会上，隔壁营业部的海报又降了一档。有人说跟，有人说不跟。主任问：“跟了，我们少赚多少？要多做多少才补得回来？”没有人答得上。
#
# 课件说，佣金战愈演愈烈，避免利润下降有四个办法，而且“都必须基于对客户的深入了解”。先学会算账。

# %% [markdown] tags=["en"]
# ## 2 Next door has cut again
#
# At the morning meeting: the branch next door has put up a lower price. Some say follow, some say don't. “If we follow, how much do we lose, and how much more must we do to make up?” asks the head. Nobody knows.
#
# The deck has four ways to keep profit from falling, all of which “must rest on knowing the clients well”. First learn to do the sums.

# %% [markdown] tags=["zh"]
# ## 三、一笔交易的钱去了哪里
#
# 做一遍给你看。买入 50,000 元，全佣 0.30‰：佣金 15.00 元（含经手费、证管费），过户费 0.50 元，没有印花税，一共 15.50 元。卖出 60,000 元：佣金 18.00，过户费 0.60，印花税 30.00，一共 48.60 元。
#
# 下图是你的练习里的一买一卖。公司留下的是深蓝那一段，别的都是替别人收的。

# %% [markdown] tags=["en"]
# ## 3 Where the money of a trade goes
#
# Watch it done once. A purchase of 50,000 at 0.30‰ all-in: commission 15.00 (handling and regulatory fees inside), transfer 0.50, no stamp duty, 15.50 in all. A sale of 60,000: commission 18.00, transfer 0.60, stamp duty 30.00, 48.60 in all.
#
# Here are a purchase and a sale of your practice. What the firm keeps is dark blue; the rest is collected for others.

# %% tags=["figure"]
picture(fee_stack(lesson.practice.fees, lesson.practice.sides))

# %% tags=["widget"]
lesson.ask("l07-p2")

# %% [markdown] tags=["zh"]
# ## 四、小账户的真实费率
#
# 报价是一个数，每笔还有最低收费。拖动费率，看曲线在哪里变平。你的小额客户多半站在左边陡的那一段。

# %% [markdown] tags=["en"]
# ## 4 What small accounts really pay
#
# A rate is quoted, and each trade has a minimum. Move the rate and see where the curve goes flat. Most of your small clients stand on the steep part to the left.

# %% tags=["widget"]
Sliders(
    {"rate": Slider("l07.slider.rate", (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5), 0.25, "{:.2f}")},
    lambda rate: effective_rate_curve(rate, lesson.practice.minimum * 100),
    name="effective_rate",
)

# %% tags=["widget"]
lesson.ask("l07-p1")

# %% [markdown] tags=["zh"]
# ## 五、降价之后，要多做多少
#
# 全佣里有一块是代收的，降价不碰它。所以公司留下的缩得更快：
#
# **要做的倍数 =（原费率 − 代收）÷（新费率 − 代收）**
#
# 拖到 0.10‰ 附近，看看发生了什么。

# %% [markdown] tags=["en"]
# ## 5 How much more trading a cut takes
#
# Part of an all-in rate is collected for others, and a cut does not touch it. So what the firm keeps shrinks faster:
#
# **times as much = (old rate − collected) ÷ (new rate − collected)**
#
# Move the new rate towards 0.10‰ and see what happens.

# %% tags=["widget"]
Sliders(
    {
        "old": Slider("l07.slider.old", (0.25, 0.3, 0.35, 0.4, 0.5, 0.8), 0.3, "{:.2f}"),
        "new": Slider("l07.slider.new", (0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.22), 0.2, "{:.2f}"),
    },
    lambda old, new: break_even_curve(old, new, lesson.practice.collected),
    name="break_even",
)

# %% tags=["widget"]
lesson.ask("l07-p3")

# %% [markdown] tags=["zh"]
# ## 六、为了留人，最多降到哪里
#
# 不降，他有一半上下的机会留下；降了，机会大一些，可是每一笔都少收。两边期望一样的那个费率，就是底线：
#
# **底线 = 代收 + 不降留下的机会 ÷ 降了留下的机会 ×（原费率 − 代收）**

# %% [markdown] tags=["en"]
# ## 6 The deepest cut worth making
#
# Without a cut he stays with a chance of about a half; with one the chance is better, but every trade brings less. The rate at which both come to the same is the floor:
#
# **floor = collected + chance without ÷ chance with × (old rate − collected)**

# %% tags=["figure"]
picture(
    deepest_cut_curve(
        lesson.practice.leavers[0][0], lesson.practice.collected, *lesson.practice.leavers[0][1:]
    )
)

# %% tags=["widget"]
lesson.ask("l07-p8")

# %% tags=["widget"]
lesson.ask("l07-p5")

# %% tags=["widget"]
lesson.ask("l07-p6")

# %% [markdown] tags=["zh"]
# ## 七、你自己拿到多少
#
# 客户付的，不等于公司留的；公司留的，也不等于你拿的。做一遍给你看（税和提成是课程假设，你们公司的看自己的办法）。
#
# 一位客户一年双边成交 200 万元，全佣 0.30‰，付佣金 600 元。减掉代收，公司留下 492 元，扣税 6% 剩 462 元，提成三成，你拿到约 139 元。
#
# 所以要不要再降一档，先看看自己是在为多少钱忙。

# %% [markdown] tags=["en"]
# ## 7 What is left for you
#
# What the client pays is not what the firm keeps, and what the firm keeps is not what you get. Watch it done once (tax and payout are assumptions of the course; your firm has its own).
#
# A client trades 2 million a year both ways at 0.30‰ all-in and pays 600. Less what is collected for others, the firm keeps 492; less 6 per cent tax, 462; at a payout of three tenths about 139 is yours.
#
# So before you ask for another step down, see what you are working for.

# %% tags=["widget"]
lesson.ask("l07-p7")

# %% [markdown] tags=["zh"]
# ## 八、四个答案，四根杠杆
#
# 课件的四个答案：多客户、多成交、多业务、少花钱。下面是一家 300 位客户的营业部（教学假设），费率从 0.30‰ 降到 0.20‰。拨一拨：哪一根最省力？一起用能不能够到虚线？

# %% [markdown] tags=["en"]
# ## 8 Four answers, four levers
#
# The deck's four: more clients, more trading, other business, lower cost. Here is a branch of 300 clients (a teaching assumption) whose rate falls from 0.30‰ to 0.20‰. Which lever is lightest? Do all together reach the dashed line?

# %% tags=["widget"]
Sliders(
    {
        lever: Slider(f"l07.slider.{lever}", range(0, 51, 5), 10)
        for lever in ("clients", "traded", "products", "cost")
    },
    lambda **moves: lever_bars(lesson.practice.answers(**moves), lesson.practice.lost),
    name="four_answers",
)

# %% tags=["widget"]
lesson.ask("l07-p4")

# %% [markdown] tags=["zh"]
# ## 九、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 台账里的佣金是 1‰、0.8‰ | 那是当年的价；今天按你公司公示的费率 |
# | 在现有客户的基础上提高交易额 | 靠服务和资金回来，不定换手指标 |
# | 对老客户适度降佣 | 在公示费率和审批之内，同类同价 |

# %% [markdown] tags=["en"]
# ## 9 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | The ledger has commission of 1‰ and 0.8‰ | prices of the time; today your firm's published tariff |
# | More trading with the clients one has | by service and returning money, with no turnover targets |
# | Moderate cuts for old clients | within tariff and approval, alike for like clients |

# %% [markdown] tags=["zh"]
# > **依据**：费率和规则按日期取自本课程的规则表，各有出处和核对日期，用 `crmkit rules` 可以查；每笔最低 5 元是行业常见做法，不是法律。提成、税、留下的机会和营业部的数都是教学假设。《证券法》第五十七条；证监发〔2002〕21 号（转载文本，2026 年 11 月核对）。

# %% [markdown] tags=["en"]
# > **Sources**: fees and rules come by date from the course's own table, each with source and day of checking (`crmkit rules` lists them); the minimum of 5 per trade is common practice and no law. Payout, tax, chances of staying and the branch's figures are teaching assumptions. Securities Law, article 57; CSRC notice 2002/21 (secondary text, checked in November 2026).

# %% [markdown] tags=["zh"]
# ## 十、带走三件事

# %% [markdown] tags=["en"]
# ## 10 Three things to take away

# %% tags=["widget"]
lesson.ask("l07-x1")

# %% tags=["widget"]
lesson.ask("l07-x2")

# %% tags=["widget"]
lesson.ask("l07-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 全佣分两块，降价只砍公司那一块；先算底线，再谈价；四个答案，没有一个靠催。
#
# **接下来：[做练习 E07a 和 E07b](exercise:07_war)**，约 15 分钟，准备一个计算器。

# %% [markdown] tags=["en"]
# ## In short
#
# An all-in rate has two parts, and a cut takes only the firm's; work out the floor before you talk price; and none of the four answers is to press.
#
# **Next: [exercises E07a and E07b](exercise:07_war)**, about 15 minutes; have a calculator at hand.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E07a、E07b　佣金经济学
#
# 六道题，数字都是你自己的。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 7 课](lesson:07_war)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E07a and E07b · The commission war
#
# Six questions with figures of your own.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 7](lesson:07_war) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l07")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l07")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l07", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l07", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、一笔交易的成本

# %% [markdown] tags=["en", "exercise"]
# ## 1 What a trade costs

# %% tags=["exercise", "widget"]
lesson.ask("e07a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e07a-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e07a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e07a-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、跟还是不跟

# %% [markdown] tags=["en", "exercise"]
# ## 2 To follow or not

# %% tags=["exercise", "widget"]
lesson.ask("e07b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e07b-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e07b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e07b-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、你拿到多少

# %% [markdown] tags=["en", "exercise"]
# ## 3 What is left for you

# %% tags=["exercise", "widget"]
lesson.ask("e07b-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e07b-q3"))

# %% [markdown] tags=["zh", "exercise"]
# ## 四、六件事，四个答案

# %% [markdown] tags=["en", "exercise"]
# ## 4 Six measures, four answers

# %% tags=["exercise", "widget"]
lesson.ask("e07b-q4")

# %% tags=["exercise", "evidence"]
print(lesson.report("e07b-q4"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:07_war)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:07_war).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:07_war)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:07_war) · [Start](lesson:00_start)
