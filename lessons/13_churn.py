# %% [markdown] tags=["zh"]
# # 第 13 课　防止流失：最危险的未必该救，先救留得住的
#
# 学完这一课，你能够：
#
# - 先说清**什么叫流失**，再报数
# - 看出**想走的迹象**，对症去办
# - 只用**当时知道的**，算预警分，画出值得出手的线
# - 把挽留用在**能改变、也值得**的人身上
#
# 大约 35 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 13 · Keeping clients: not those most at risk, but those you can keep
#
# After this lesson you can:
#
# - say **what leaving means** before you count it
# - see the **signs early**, and act on the cause
# - score with **what was known then**, and draw the line where a try pays
# - spend effort where it **changes something** and is worth it
#
# About 35 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots import new_axes
from crmkit.plots.churn import definitions, lift, spent, survival, tree
from crmkit.widgets import Slider, Sliders, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l13")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l13")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l13-w1")

# %% tags=["widget"]
lesson.ask("l13-w2")

# %% tags=["widget"]
lesson.ask("l13-w3")

# %% [markdown] tags=["zh"]
# ## 二、一份销户申请
#
# 早上，柜台转来一份销户申请。你翻出他的记录：三月，登录从每天变成每周；四月，一通没人回的电话；五月，转出三成；六月，不交易了。
#
# 今天是七月二日。

# %% [markdown] tags=["en"]
# ## 2 A request to close
#
# In the morning the counter passes on a request to close an account. You look at the record. March: log-ins go from daily to weekly. April: a call nobody returned. May: three tenths moved out. June: no trade.
#
# Today is July 2.

# %% tags=["widget"]
lesson.ask("l13-p1")

# %% [markdown] tags=["zh"]
# ## 三、四个方向
#
# 迹象不会自己聚到一起，要有人四面去看。账户里看得见的，只是其中一面。

# %% [markdown] tags=["en"]
# ## 3 Four directions
#
# Signs do not gather by themselves; somebody has to look in four directions. What the account shows is only one of them.

# %% tags=["widget"]
lesson.ask("l13-p2")

# %% [markdown] tags=["zh"]
# ## 四、什么叫流失
#
# 下面是你的营业部，同一批客户，四种数法：**销户或转户**、**资产流走**、**沉默**（90 天没交易也没登录）、**连续低余额**。对角线是每一种数到几位，旁边是两种都数到的。
#
# 改一改看几个月、低于多少算空，看流失率怎么变。

# %% [markdown] tags=["en"]
# ## 4 What leaving means
#
# Your branch, the same clients, counted four ways: **closed or moved**, **assets gone**, **silent** (90 days without trade or log-in), **a streak of small balances**. On the diagonal, how many each counts; beside it, how many two of them share.
#
# Change the months and what counts as empty, and watch the rates.

# %% tags=["widget"]
Sliders(
    {
        "months": Slider("l13.slider.months", (3, 6, 9, 12), 6),
        "floor": Slider("l13.slider.floor", (100, 1000, 10000, 50000), 1000, "{:,.0f}"),
    },
    lambda months, floor: definitions(lesson.practice.definitions(months, floor)),
    name="definitions",
)

# %% tags=["widget"]
lesson.ask("l13-p3")

# %% [markdown] tags=["zh"]
# ## 五、只用当时知道的
#
# 做一遍给你看。站在 12 月 31 日，预测明年上半年谁走。那天的资产：能用。六月的净流出：不能用，那是后来的事。销户原因：更不能用，只有走了的人才有。
#
# 一句话：**那天填不出来的格子，一个也不用。**

# %% [markdown] tags=["en"]
# ## 5 Only what was known
#
# Watch it done once. Stand on December 31 and predict who leaves in the first half of next year. That day's assets: yes. June's outflow: no, that is later. The reason for closing: never, only leavers have one.
#
# In a sentence: **no cell that could not be filled that day.**

# %% tags=["widget"]
lesson.ask("l13-p4")

# %% [markdown] tags=["zh"]
# ## 六、预警分，自己来配
#
# 每看到一条迹象加几分。下面的图按分数把客户分成十份，柱子是每一份里走的人是平均的几倍，柱顶的数是累计抓到的比例。
#
# 拨一拨四个分数：哪一条最有用？把它们全拨到 0 呢？在这些营业部里，预测本来就不太准，人走的原因多半不在记录里。

# %% [markdown] tags=["en"]
# ## 6 A scorecard of your own
#
# Points for every sign. The figure divides the clients into tenths by their score; bars show how many times the average left, the figures on top how many of all leavers are found so far.
#
# Move the four: which helps most? And with all at 0? Prediction is weak in these branches: most people leave for reasons that are not on record.

# %% tags=["widget"]
Sliders(
    {
        "outflow": Slider("l13.slider.outflow", range(0, 41, 5), 25),
        "login": Slider("l13.slider.login", range(0, 31, 6), 18),
        "neglect": Slider("l13.slider.neglect", range(0, 21, 4), 8),
        "fee": Slider("l13.slider.fee", range(0, 31, 5), 15),
    },
    lambda **points: lift(lesson.practice.tenths(**points), new_axes(height=3.8)),
    lesson.practice.scorecard_told,
    name="scorecard",
)

# %% tags=["widget"]
lesson.ask("l13-p5")

# %% [markdown] tags=["zh"]
# ## 七、一棵树，几条线
#
# 电脑把同样的记录问成一连串“是不是”，得到下面这些句子：每一句是一类客户，后面是走的比例。带圆点的值得去看看。念一句给自己听：说得通吗？

# %% [markdown] tags=["en"]
# ## 7 A tree, and some curves
#
# A computer asks the same records one question after another and comes to these sentences: each is a kind of client, with the share that left. Those with a dot are worth a look. Read one aloud: does it make sense?

# %% tags=["figure"]
picture(tree(lesson.practice.leaves))

# %% [markdown] tags=["zh"]
# 四类客户各留下多少？线一级一级往下走，每一级是有人离开。线下面的数，是那时还在观察的人数：人越少，阴影越宽，越不能当真。

# %% [markdown] tags=["en"]
# How many of each tier are still there? Each step down is somebody leaving. The figures below are how many were still being watched: the fewer, the wider the band and the less it says.

# %% tags=["figure"]
picture(survival(lesson.practice.curves))

# %% tags=["widget"]
lesson.ask("l13-p6")

# %% tags=["widget"]
lesson.ask("l13-p7")

# %% [markdown] tags=["zh"]
# ## 八、把挽留的钱花出去
#
# 真的营业部永远看不到这张图：同一位客户，打了电话会怎样，不打又会怎样。模拟的营业部看得到，两种都试过。
#
# 选打给多少位：每月一通、打一年，四张名单和抽签各留住多少？虚线是花掉的钱，右边才是赚。**换几个营业部再下结论**，留下来的只有几位，运气很大。

# %% [markdown] tags=["en"]
# ## 8 Spend the money
#
# No real branch ever sees this: the same client, called and not called. A simulated branch has tried both.
#
# Choose how many to call, once a month for a year: what do four lists keep, and what does drawing lots? The dashed line is what it costs; only beyond it is a gain. **Look at several branches before you judge**: a handful is kept, and luck is large.

# %% tags=["widget"]
Sliders(
    {
        "calls": Slider("l13.slider.calls", (50, 100, 200, 300, 400), 200),
        "number": Slider("l13.slider.branch", range(1, 6), 1),
    },
    lambda calls, number: spent(lesson.practice.spent(calls, number)),
    name="budget",
)

# %% tags=["widget"]
lesson.ask("l13-p8")

# %% [markdown] tags=["zh"]
# 这些营业部里，“价值最高”和“增量 × 价值最高”差不多，有时还更好：增量是一通电话能改变多少，我们只能粗估。两张名单多半远胜“流失机会最高”；可是打得越多越不划算，打到四百位，合起来哪一张都亏。
#
# 粗估怎么用？做一遍给你看。打了电话，流失机会降 8 个点，留下来值 6,000 元：8 ÷ 100 × 6,000 = 480 元，是挽留一次平均多留下的。挽留一次花 60 元，值得。

# %% [markdown] tags=["en"]
# Here “highest value” does about as well as “change × value”, at times better, as we can only guess what a call changes. Both mostly beat “highest risk” by far; but the more calls, the less they pay, and at 400, taken together, every list loses.
#
# How is a guess used? Watch it done once. A call takes 8 points off the chance of leaving, and the client is worth CNY 6,000 if kept: 8 ÷ 100 × 6,000 = 480 is what a try keeps on average. It costs 60, so it pays.

# %% tags=["widget"]
lesson.ask("l13-p9")

# %% tags=["widget"]
lesson.ask("l13-p10")

# %% [markdown] tags=["zh"]
# ## 九、当年怎么写，今天怎么做
#
# | 课件与文章 | 今天 |
# |---|---|
# | 提高优质客户的转换成本 | 靠有用留人；转户、销户按时办，不得阻碍 |
# | 实时掌握大额资金变动 | 服务提醒和反洗钱监测分开；后者不得让客户知道 |
# | 产品越多，保留的机率越高 | 这只是相关；按客户需要和风险等级，一次只谈一样 |
# | 低佣金也减少不了流失 | 今天也一样；先问清原因 |

# %% [markdown] tags=["en"]
# ## 9 What was advised then, and what holds today
#
# | Deck and articles | Today |
# |---|---|
# | Raise what it costs good clients to switch | keep them by being useful; transfers on time, never obstructed |
# | Follow large movements of money at once | service alerts apart from anti-money-laundering, which no client may notice |
# | More products, more loyalty | only a correlation; one product at a time, by need and risk level |
# | A low commission does not stop leaving | still so; hear the cause first |

# %% [markdown] tags=["zh"]
# > **依据**：《反洗钱法》（2024 年修订，保密要求）；不得阻碍转户的通知、适当性办法依据转载文本，2026 年 11 月核对。预警分、一次挽留降低多少、成本都是教学假设；“最危险的不一定是该救的”见 Ascarza（2018）的两次实地试验。1.47% 与 28.96% 出自同一份公开的券商数据的两份标签文件。

# %% [markdown] tags=["en"]
# > **Sources**: Anti-Money Laundering Law (revised 2024, secrecy); the notice against obstructing transfers and the measures on suitability from secondary texts, checked in November 2026. Points, effects and costs are teaching assumptions. That the highest risk is not the best target: Ascarza (2018), two field experiments. The 1.47 and 28.96 per cent are two label files of one public brokerage data set.

# %% [markdown] tags=["zh"]
# ## 十、带走三件事

# %% [markdown] tags=["en"]
# ## 10 Three things to take away

# %% tags=["widget"]
lesson.ask("l13-x1")

# %% tags=["widget"]
lesson.ask("l13-x2")

# %% tags=["widget"]
lesson.ask("l13-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 流失先讲口径；迹象四面看；预测只用当时知道的；挽留看价值、估改变，不看谁最危险；要走的，帮他走好。
#
# **接下来：[做练习 E13a 和 E13b](exercise:13_churn)**，约 20 分钟，准备一个计算器。

# %% [markdown] tags=["en"]
# ## In short
#
# Terms before figures; look in four directions; predict from what was known; try where there is much to keep and something to change, not where danger is greatest; and help those who leave.
#
# **Next: [exercises E13a and E13b](exercise:13_churn)**, about 20 minutes; have a calculator at hand.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E13a、E13b　防止流失
#
# 七道题，名单和数字都是你自己的。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 13 课](lesson:13_churn)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E13a and E13b · Keeping clients from leaving
#
# Seven questions with clients and figures of your own.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 13](lesson:13_churn) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l13")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l13")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l13", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l13", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、谁已经走了

# %% [markdown] tags=["en", "exercise"]
# ## 1 Who has left

# %% tags=["exercise", "widget"]
lesson.ask("e13a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13a-q1"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、能用的列、预警分和那条线

# %% [markdown] tags=["en", "exercise"]
# ## 2 Columns, points, and the line

# %% tags=["exercise", "widget"]
lesson.ask("e13a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13a-q2"))

# %% tags=["exercise", "widget"]
lesson.ask("e13a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13a-q3"))

# %% tags=["exercise", "widget"]
lesson.ask("e13a-q4")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13a-q4"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、救谁，怎么救

# %% [markdown] tags=["en", "exercise"]
# ## 3 Whom to try, and how

# %% tags=["exercise", "widget"]
lesson.ask("e13b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13b-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e13b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13b-q2"))

# %% tags=["exercise", "widget"]
lesson.ask("e13b-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e13b-q3"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:13_churn)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:13_churn).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:13_churn)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:13_churn) · [Start](lesson:00_start)
