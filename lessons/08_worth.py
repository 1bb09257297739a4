# %% [markdown] tags=["zh"]
# # 第 8 课　老客户的价值：人头会骗人，账不会
#
# 学完这一课，你能够：
#
# - 算出“走一百、来一百”**看不见的损失**
# - 算出一位客户的**终身价值**，按总贡献认出重要的人
# - 把“六倍、八笔、二十五人”当**旋钮**，不当定律
# - 说出维护老客户的**四个用处**
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 8 · What old clients are worth: the headcount deceives, the books do not
#
# After this lesson you can:
#
# - work out the **hidden loss** of a hundred lost and a hundred won
# - work out a client's **lifetime value**, and tell by total contribution who matters
# - treat “six times, eight deals, twenty-five people” as **dials** and not as laws
# - name the **four uses** of looking after old clients
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.tiers import pareto
from crmkit.plots.value import lifetime, swap
from crmkit.widgets import Slider, Sliders, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l08")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l08")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l08-w1")

# %% tags=["widget"]
lesson.ask("l08-w2")

# %% tags=["widget"]
lesson.ask("l08-w3")

# %% [markdown] tags=["zh"]
# ## 二、总数没变
#
# 月报贴在墙上：本月销户 100，新开 100，净增 0。大家松了口气。师傅站在报表前面没说话，拿红笔在“0”旁边画了个问号。
#
# 课件讲维护老客户为什么重要，用的就是这个例子。

# %% [markdown] tags=["en"]
# ## 2 The total is unchanged
#
# The monthly report is on the wall: 100 closed, 100 opened, net change 0. Everybody breathes again. Your trainer looks at it in silence and puts a red question mark beside the 0.
#
# It is the deck's own example of why old clients matter.

# %% tags=["widget"]
lesson.ask("l08-p1")

# %% [markdown] tags=["zh"]
# ## 三、一位客户值多少
#
# **终身价值 = 年净贡献 × 留存 ÷（1 + 贴现 − 留存）**
#
# 留存是每年还在的机会，贴现是把以后的钱折成今天的钱（课程取 8%）。
#
# 做一遍给你看。年净贡献 500 元，留存 85%：500 × 0.85 ÷ 0.23 ≈ 1,848 元。拖动留存，看看每多留五个点值多少。

# %% [markdown] tags=["en"]
# ## 3 What a client is worth
#
# **Lifetime value = yearly contribution × chance of staying ÷ (1 + discount − chance)**
#
# The chance is that of being here another year; the discount brings later money down to today's (8 per cent in this course).
#
# Watch it done once. 500 a year, chance 85 per cent: 500 × 0.85 ÷ 0.23 ≈ 1,848. Move the chance and see what five more points are worth.

# %% tags=["widget"]
Sliders(
    {"stay": Slider("l08.slider.stay", range(60, 96, 5), 85)},
    lambda stay: lifetime(lesson.practice.margin * 100, stay / 100),
    name="lifetime",
)

# %% tags=["widget"]
lesson.ask("l08-p2")

# %% [markdown] tags=["zh"]
# ## 四、谁走了最伤：看总贡献
#
# 月底报重点客户，只能报一位。小周报了资产最多的陈先生，师傅把一年的账摊开给她看：
#
# | 客户 | 资产（万元） | 佣金 | 产品 | 总贡献 |
# |---|---|---|---|---|
# | 陈先生 | 420 | 180 | 720 | 900 |
# | 许女士 | 38 | 2,600 | 0 | 2,600 |
# | 郑女士 | 95 | 300 | 3,700 | 4,000 |
#
# **总贡献 = 佣金 + 产品收入**（基金、融资、投顾），都按一年算。看资产是陈先生，看佣金是许女士，走了最伤的是郑女士。

# %% [markdown] tags=["en"]
# ## 4 Whose leaving hurts most: total contribution
#
# One key client is to be named at the month's end. Zhou names Mr Chen, who has most assets; her trainer spreads out the year's books:
#
# | Client | Assets (10k) | Commission | Products | Total |
# |---|---|---|---|---|
# | Mr Chen | 420 | 180 | 720 | 900 |
# | Ms Xu | 38 | 2,600 | 0 | 2,600 |
# | Ms Zheng | 95 | 300 | 3,700 | 4,000 |
#
# **Total contribution = commission + income from products** (funds, margin, advice), both for a year. By assets it is Mr Chen, by commission Ms Xu; the one whose leaving hurts most is Ms Zheng.

# %% tags=["widget"]
lesson.ask("l08-p7")

# %% [markdown] tags=["zh"]
# 把 300 位客户（模拟数据）也这样加、这样排。从最高的开始数，前两成带来了几成？走一位，走的是哪一头的，差得很远。

# %% [markdown] tags=["en"]
# Do the same with 300 clients (simulated) and count from the top: what do the first fifth bring? It matters a great deal from which end one leaves.

# %% tags=["figure"]
picture(pareto(lesson.practice.brought))

# %% [markdown] tags=["zh"]
# ## 五、走一百、来一百：三块看不见的损失
#
# 1. **争取**：比维护贵出来的那部分
# 2. **等待**：新客户几个月后才交易
# 3. **价值差**：新来的，明年还在的少
#
# 先看小的：走 10 位、来 10 位。维护一位 50 元，争取是 6 倍：（6 − 1）× 50 × 10 = 2,500。年净贡献 540 元，等 3 个月：3 ÷ 12 × 540 × 10 = 1,350。终身价值老 2,376、新 1,620：756 × 10 = 7,560。一共 11,410 元。

# %% [markdown] tags=["en"]
# ## 5 A hundred for a hundred: three hidden losses
#
# 1. **Winning**: what it costs beyond keeping
# 2. **Waiting**: months until the new ones trade
# 3. **Worth**: fewer of the new are still here next year
#
# A small case first: 10 lost, 10 won. Keeping one costs 50, winning six times that: (6 − 1) × 50 × 10 = 2,500. Each contributes 540 a year, after 3 months: 3 ÷ 12 × 540 × 10 = 1,350. Lifetime value 2,376 old, 1,620 new: 756 × 10 = 7,560. In all 11,410.

# %% tags=["widget"]
lesson.ask("l08-p8")

# %% [markdown] tags=["zh"]
# 现在是一百位。拨一拨“几倍”和“几个月”。哪一块最大？倍数从 6 改成 2，结论变不变？

# %% [markdown] tags=["en"]
# Now a hundred. Turn the times and the months. Which part is largest? With 2 for 6, does the conclusion stand?

# %% tags=["widget"]
Sliders(
    {
        "times": Slider("l08.slider.times", range(2, 11), 6),
        "months": Slider("l08.slider.months", range(0, 13), 3),
    },
    lambda times, months: swap(lesson.practice.swap_fen(times, months)),
    name="swap",
)

# %% tags=["widget"]
lesson.ask("l08-p3")

# %% [markdown] tags=["zh"]
# ## 六、口碑：三个没有出处的数
#
# 课件说：1 个满意的客户会引发 8 笔潜在的生意，其中至少 1 笔成交；1 个不满意的会影响 25 个人。三个数都来自老的营销说法。当旋钮用：

# %% [markdown] tags=["en"]
# ## 6 Word of mouth: three numbers without a source
#
# One satisfied client stirs 8 possible deals, says the deck, of which at least one closes; one dissatisfied puts off 25 people. All three are old sales lore. Use them as dials:

# %% tags=["widget"]
Sliders(
    {
        "good": Slider("l08.slider.good", range(0, 101, 10), 50),
        "bad": Slider("l08.slider.bad", range(0, 51, 5), 10),
    },
    say=lesson.practice.talk,
    name="word_of_mouth",
)

# %% tags=["widget"]
lesson.ask("l08-p4")

# %% tags=["widget"]
lesson.ask("l08-p6")

# %% [markdown] tags=["zh"]
# ## 七、四个用处
#
# 课件：防止流失、大幅度降低成本、转介绍、综合营销。排在第一的是防流失，因为没有它，后面三个都没有。

# %% [markdown] tags=["en"]
# ## 7 Four uses
#
# The deck: keeping them, much lower cost, referrals, wider business. Keeping comes first, since without it there is none of the others.

# %% tags=["widget"]
lesson.ask("l08-p5")

# %% [markdown] tags=["zh"]
# 用处有了，钱要过一阵才回来；数字上去了，也要看是不是两边都好。

# %% [markdown] tags=["en"]
# Useful, yes; but the money comes back later, and a better figure has to be good for both sides.

# %% tags=["widget"]
lesson.ask("l08-p10")

# %% tags=["widget"]
lesson.ask("l08-p9")

# %% [markdown] tags=["zh"]
# ## 八、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 发展新客户的成本是留住老客户的 6 倍 | 说法，没有可靠出处；量自己的，给范围 |
# | 1 个满意带来 8 笔、1 个不满意影响 25 人 | 同上；看方向，不做预算 |
# | 对老客户综合营销，比如东兴一号 | 按需要和等级，一次一样；不群推 |

# %% [markdown] tags=["en"]
# ## 8 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | Winning costs 6 times as much as keeping | a saying without a reliable source; measure your own, give a range |
# | One satisfied brings 8, one dissatisfied puts off 25 | likewise; look at the direction, not for budgets |
# | Offer old clients more, the house product for example | by need and level, one at a time; no mass pitch |

# %% [markdown] tags=["zh"]
# > **依据**：“六、八、二十五”见课件第 19、20 页，银行网点一文也引了“六倍”；两处都没有给出处。年净贡献、留存、维护成本、贴现都是教学假设。《证券期货投资者适当性管理办法》第二十二条（转载文本，2026 年 11 月核对）。

# %% [markdown] tags=["en"]
# > **Sources**: six, eight and twenty-five stand on slides 19 and 20 of the deck, and the six in an article on bank branches too; neither names a source. Contribution, chances of staying, cost of keeping and discount are teaching assumptions. Measures on investor suitability, article 22 (secondary text, checked in November 2026).

# %% [markdown] tags=["zh"]
# ## 九、带走三件事

# %% [markdown] tags=["en"]
# ## 9 Three things to take away

# %% tags=["widget"]
lesson.ask("l08-x1")

# %% tags=["widget"]
lesson.ask("l08-x2")

# %% tags=["widget"]
lesson.ask("l08-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 数人头，走一百来一百等于零；算账，三块损失一块不少。说法当旋钮，价值用公式，重要的人看总贡献。
#
# **接下来：[做练习 E08a 和 E08b](exercise:08_worth)**，约 15 分钟，准备一个计算器。

# %% [markdown] tags=["en"]
# ## In short
#
# By headcount a hundred for a hundred is nothing; by the books, three losses stand. Sayings are dials, worth has a formula, and who matters is told by total contribution.
#
# **Next: [exercises E08a and E08b](exercise:08_worth)**, about 15 minutes; have a calculator at hand.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E08a、E08b　老客户的价值
#
# 五道题，数字都是你自己的。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 8 课](lesson:08_worth)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E08a and E08b · What old clients are worth
#
# Five questions with figures of your own.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 8](lesson:08_worth) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l08")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l08")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l08", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l08", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、走一百、来一百

# %% [markdown] tags=["en", "exercise"]
# ## 1 A hundred for a hundred

# %% tags=["exercise", "widget"]
lesson.ask("e08a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e08a-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e08a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e08a-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、值多少，谁重要

# %% [markdown] tags=["en", "exercise"]
# ## 2 What they are worth, and who matters

# %% tags=["exercise", "widget"]
lesson.ask("e08b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e08b-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e08b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e08b-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、四件事，四个用处

# %% [markdown] tags=["en", "exercise"]
# ## 3 Four acts, four uses

# %% tags=["exercise", "widget"]
lesson.ask("e08b-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e08b-q3"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:08_worth)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:08_worth).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:08_worth)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:08_worth) · [Start](lesson:00_start)
