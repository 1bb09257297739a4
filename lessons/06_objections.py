# %% [markdown] tags=["zh"]
# # 第 6 课　“佣金太高了”
#
# 学完这一课，你能够：
#
# - 两问之内弄清客户在**跟谁比**
# - 用**客户自己的数字**谈到 70 分以上，中间不踩红线
# - 不攻击对手，价格只按**公示**
#
# 大约 30 分钟，随时可以停下，对话谈到哪里存到哪里。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 6 · “Your commission is too high”
#
# After this lesson you can:
#
# - find out within two questions **what the client compares with**
# - win 70 points or more with **the client's own figures** and no red line crossed
# - leave rivals alone and price by the **published table** only
#
# About 30 minutes; stop whenever you like, even in the middle of a conversation. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.prices import fee_stack
from crmkit.widgets import Rehearsal, picture, spoken, start, tariff_table

# %% tags=["zh", "setup"]
lesson = start("zh", "l06")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l06")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先回想三件事

# %% [markdown] tags=["en"]
# ## 1 Three things to recall

# %% tags=["widget"]
lesson.ask("l06-w1")

# %% tags=["widget"]
lesson.ask("l06-w2")

# %% tags=["widget"]
lesson.ask("l06-w3")

# %% [markdown] tags=["zh"]
# ## 二、最难的一通电话
#
# 师傅说，客户经理最怕的不是客户骂人，是客户平静地说一句：“你们佣金太高了。”
#
# 有人一听就降价，有人开始说别家不好，有人许诺一些自己给不了的东西。三种都是输：第一种输了毛利，第二种输了体面，第三种输了饭碗。
#
# 2010 年的培训课件给了三句话：**高只是相对的；用数据和事实说服；不攻击竞争对手**（第 14 页）。

# %% [markdown] tags=["en"]
# ## 2 The hardest call
#
# What account managers dread, your trainer says, is not a client who shouts. It is one who says calmly: “Your commission is too high.”
#
# Some cut the price at once, some run down the competition, some promise what is not theirs to give. All three lose: the first the margin, the second their dignity, the third the job.
#
# The training deck of 2010 has three lines for it: **high is only relative; persuade by data and facts; never attack a rival** (slide 14).

# %% [markdown] tags=["zh"]
# ## 三、高，是跟谁比出来的
#
# 每一句“太高”后面都有一个比较对象。常见的五种：别家的报价，我们自己的新客户，另一位客户，每笔的最低收费，还有自己的亏损。不问清楚就回答，等于对着空气还价。

# %% [markdown] tags=["en"]
# ## 3 High, compared with what?
#
# Behind every “too much” stands a comparison. Five are common: another firm's quote, our own new clients, another client, the minimum per trade, and the client's own losses. To answer without asking is to haggle with the air.

# %% tags=["widget"]
lesson.ask("l06-p1")

# %% tags=["widget"]
lesson.ask("l06-p6")

# %% [markdown] tags=["zh"]
# ## 四、净佣和全佣
#
# 报价有两种口径。**全佣**含代收的经手费和证管费（合称**规费**），**净佣**不含，客户还要另付。印花税和过户费两种都不含，到哪家都一样。
#
# 下图是同一笔 10 万元的卖出：别家的净佣听着比我们的公示低，合计呢？

# %% [markdown] tags=["en"]
# ## 4 Net and all-in
#
# Quotes come on two bases. **All-in** holds the handling and regulatory fees, which are collected for others (“the fees” for short); **net** leaves them out, and the client pays them on top. Stamp duty and transfer fee are in neither and the same everywhere.
#
# The figure shows one sale of CNY 100,000. The rival's net quote sounds lower than our published rate; look at the totals.

# %% tags=["figure"]
picture(fee_stack(*lesson.practice.two_quotes))

# %% tags=["widget"]
lesson.ask("l06-p3")

# %% tags=["widget"]
lesson.ask("l06-p4")

# %% [markdown] tags=["zh"]
# ## 五、公示表：对谁都一样
#
# 价格不是谈出来的，是查出来的。下面是本课程假设的公示费率，换成你公司的就能用。资产或年成交够到哪一档，就是哪一档；够到了没给，是我们欠客户的。

# %% [markdown] tags=["en"]
# ## 5 The published table, the same for all
#
# A price is looked up and not haggled out. This is the published tariff that the course assumes; your firm's own takes its place. Clients stand on the best step that assets or turnover reach, and a step that is reached and not given is owed.

# %% tags=["figure"]
tariff_table(lesson.practice.book.as_of)

# %% tags=["widget"]
lesson.ask("l06-p2")

# %% [markdown] tags=["zh"]
# ## 六、做一遍给你看
#
# 一段谈成的对话，客户在你的练习台账里。看每一轮得了什么：**听懂**（共情）、**问清跟谁比**、**拿出数据**、**带日期的下一步**。四样都要有，得 70 分以上才算谈成；说错一句扣两分，踩红线当场叫停。

# %% [markdown] tags=["en"]
# ## 6 Watch it done once
#
# A conversation that is won, with a client of your practice book. See what each turn earns: **being heard** (empathy), **the comparison asked**, **evidence**, **a next step with a date**. It takes all four and 70 points; a fault costs two marks, and a red line ends it on the spot.

# %% tags=["figure"]
spoken(lesson.practice.example)

# %% [markdown] tags=["zh"]
# ## 七、接着谈
#
# 前两轮师傅已经替你谈好，客户现在要你“私下”便宜点。剩下两轮归你。可以点一句，也可以在下面写自己的话。

# %% [markdown] tags=["en"]
# ## 7 Take over
#
# Your trainer has done the first two turns; now the client wants something “on the quiet”. The last two are yours. Choose a reply, or write your own below.

# %% tags=["widget"]
lesson.ask("l06-p5")

# %% [markdown] tags=["zh"]
# ## 八、2010 年这么说，今天这么说
#
# | 课件里的话 | 今天 |
# |---|---|
# | 适度降佣（第 25 页） | 只能在公示档位之内，走审批，同样的客户同样的价 |
# | 介绍大客户的佣金水平（第 14 页） | 别的客户一个字不提，给他看公示表 |
# | 适当推荐股票 | 客户经理不推荐，约投资顾问 |
#
# > **依据**：《个人信息保护法》第二十四条（自动化决策定价）、第二十八条；《证券经纪业务管理办法》（2023 年）；《证券投资顾问业务暂行规定》。2026 年 11 月核对：公示条款未核实，投顾规定依据转载文本，以公司合规部门为准。

# %% [markdown] tags=["en"]
# ## 8 What 2010 said, and what to say now
#
# | The deck | Today |
# |---|---|
# | cut commissions in moderation (slide 25) | within the published steps, with approval, like clients alike |
# | tell what big clients pay (slide 14) | not a word about other clients; show the published table |
# | recommend a share where it fits | managers recommend none; book the adviser |
#
# > **Sources**: Personal Information Protection Law, articles 24 (prices set by automated decision) and 28; measures on securities brokerage (2023); provisional rules on investment advisers. Checked in November 2026: the clause on publishing charges is not verified, the rules on advisers come from a secondary text; what your compliance department says comes first.

# %% tags=["widget"]
lesson.ask("l06-p7")

# %% [markdown] tags=["zh"]
# ## 九、十五位客户
#
# 十五段对话，都是你练习台账里的人，数字各不相同。先谈两三段，哪种输法都值得试一次：看看会被怎样叫停、错在哪条规定。谈成的打勾，不必一次做完。

# %% [markdown] tags=["en"]
# ## 9 Fifteen clients
#
# Fifteen conversations with people from your practice book, each with figures of their own. Do two or three now; lose one on purpose as well, and read which rule stopped you and why. Those won get a tick, and the rest can wait.

# %% tags=["widget"]
Rehearsal(lesson.unit, "l06-o")

# %% [markdown] tags=["zh"]
# ## 十、小案例：一句话值多少
#
# 那位问“新客户才一半”的老客户还在等你的数。

# %% [markdown] tags=["en"]
# ## 10 A small case: what one sentence is worth
#
# The old client who asked about newcomers is still waiting for a number.

# %% tags=["widget"]
lesson.ask("l06-c1")

# %% [markdown] tags=["zh"]
# ## 十一、带走三件事
#
# 每题选一个。错了看完说明再选。

# %% [markdown] tags=["en"]
# ## 11 Three things to take away
#
# One answer each. If one is wrong, read why and try again.

# %% tags=["widget"]
lesson.ask("l06-x1")

# %% tags=["widget"]
lesson.ask("l06-x2")

# %% tags=["widget"]
lesson.ask("l06-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 先问**跟谁比**，再摆**他自己的数**，拒绝要**带着选择**，收尾要**有日期**。
#
# **接下来：[做练习 E06a、E06b](exercise:06_objections)**：一句开场、一句证据、一句应对截图、一段五轮的对话，约 10 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Ask **what it is compared with**, show **their own figures**, let a no come **with a choice**, close **with a date**.
#
# **Next: [exercises E06a and E06b](exercise:06_objections)**: an opening, a piece of evidence, a screenshot to answer, and a conversation of five turns, about 10 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E06a、E06b　佣金异议
#
# 三道选择，一段五轮的对话，客户和数字都来自你自己的练习台账。
#
# - 对话谈完马上批改；没谈成可以再来，谈成一次就算数
# - 卡住了点“提示”，一共三步；试过三次之后可以看解答
#
# [回到第 6 课](lesson:06_objections)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E06a and E06b · Objections
#
# Three choices and a conversation of five turns; client and figures come from your own practice book.
#
# - A conversation is marked when it ends; begin again as often as you like, one win counts
# - Hint helps in three steps; after three tries the solution opens
#
# [Back to lesson 6](lesson:06_objections) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l06")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l06")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l06", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l06", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## E06a 一、第一句

# %% [markdown] tags=["en", "exercise"]
# ## E06a 1 The first reply

# %% tags=["exercise", "widget"]
lesson.ask("e06a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e06a-q1"))

# %% [markdown] tags=["zh", "exercise"]
# ## E06a 二、拿什么说话

# %% [markdown] tags=["en", "exercise"]
# ## E06a 2 What to show

# %% tags=["exercise", "widget"]
lesson.ask("e06a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e06a-q2"))

# %% tags=["exercise", "widget"]
lesson.ask("e06a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e06a-q3"))

# %% [markdown] tags=["zh", "solution"]
# 第一句只为弄清比较对象；第二句的数字要满足两条：是客户自己的，而且查得到出处。

# %% [markdown] tags=["en", "solution"]
# The first reply is there to find the comparison. What follows is evidence if it is the client's own and can be looked up.

# %% [markdown] tags=["zh", "exercise"]
# ## E06b 五轮对话

# %% [markdown] tags=["en", "exercise"]
# ## E06b A conversation of five turns

# %% tags=["exercise", "widget"]
lesson.ask("e06b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e06b-q1"))

# %% [markdown] tags=["zh", "solution"]
# 五轮各有任务：问口径，摆她的账，给公示的档，守住审批，约好周五。

# %% [markdown] tags=["en", "solution"]
# Each of the five turns has its task: ask for the basis, show her account, give the published step, keep to the approval, agree on Friday.

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。[首页](lesson:00_start)可以看到进度；想对照说法，看[你这本台账的解答](solution:06_objections)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions for your own book](solution:06_objections).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:06_objections)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:06_objections) · [Start](lesson:00_start)
