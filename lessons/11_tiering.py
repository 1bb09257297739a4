# %% [markdown] tags=["zh"]
# # 第 11 课　客户分层：把时间给对的人
#
# 学完这一课，你能够：
#
# - 用**贡献**和**周转**两把尺子，把每位客户分到 A、B、C、D 四类
# - 说清楚切线画在哪里、为什么画在那里
# - 说出每一类客户该得到什么服务，以及哪些旧做法今天不允许
#
# 大约 25 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 11 · Tiering: time for the right clients
#
# After this lesson you can:
#
# - place every client in tier A, B, C or D by two measures, **contribution** and **turnover**
# - say where the lines are drawn, and why there
# - say what service each tier is owed, and which old advice is no longer allowed
#
# About 25 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit import plots
from crmkit.widgets import Quadrant, picture, start, tier_cards

# %% tags=["zh", "setup"]
lesson = start("zh", "l11")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l11")
lesson

# %% tags=["widget"]
lesson.ask("l11-w1")

# %% [markdown] tags=["zh"]
# ## 一、星期一早上
#
# 上班第三周。师傅临时去外地一周，把他的 200 位客户交给你，只留下一句话：“该联系的先联系。”
#
# 这一周你能拿来联系客户的时间是 10 个小时。每人聊 10 分钟，200 人要 33 个多小时，联系不完。先联系谁？按姓氏排？谁钱多先找谁？谁来过电话先找谁？
#
# 动手之前，先猜一个数。

# %% [markdown] tags=["en"]
# ## 1 Monday morning
#
# Your third week at work. The colleague who trains you is away for a week and has left you her 200 clients with one line: “Call those who should be called first.”
#
# You have 10 hours this week for calls. At 10 minutes each, 200 people take more than 33. Whom first? By surname? The richest? Whoever rang last?
#
# Before you do anything, guess a number.

# %% tags=["widget"]
lesson.ask("l11-p1")

# %% [markdown] tags=["zh"]
# ## 二、少数客户带来多数贡献
#
# 下面是这本台账的帕累托曲线：把客户按贡献从高到低排好，一位一位往上加。虚线是“人人一样多”的样子，曲线离它越远，贡献越集中。

# %% [markdown] tags=["en"]
# ## 2 Few bring most
#
# This is the Pareto curve of the book: rank the clients by contribution and add them up one by one. The dashed line is what it would be if everybody brought the same; the further the curve bends away from it, the more depends on few.

# %% tags=["figure"]
picture(plots.pareto(lesson.practice.clients["contribution_12m"]))

# %% [markdown] tags=["zh"]
# 常说的“80/20”就是这个意思：一篇讲银行网点的文章写道，80% 的利润来自 20% 的优质客户。它是经验，不是定律，每本台账的数字都不一样，所以要**用自己的数据算**。
#
# 这也说明为什么要分层：2010 年的培训课件讲“管理大量客户”时，第一步就是对客户做差异化分析，再安排接触和服务。

# %% [markdown] tags=["en"]
# That is what people mean by “80/20”: an article on bank branches says that 80% of profit comes from the best 20% of clients. It is experience and no law, and every book has its own figure, so **work it out from your own data**.
#
# It is also why we tier. When the training deck of 2010 turns to managing many clients, the first step is to tell them apart; contact and service follow from that.

# %% [markdown] tags=["zh"]
# ## 三、第一把尺子：贡献
#
# **贡献 = 12 个月的佣金 + 其他产品带来的收入**（基金、理财、融资等）。2005 年《上海证券报》的《浅谈证券营业部客户关系管理》说得很清楚：按客户“在所有金融商品上的综合贡献”分级。
#
# 下图是贡献最高的十位。看右边的佣金名次：只数佣金，会漏掉谁？

# %% [markdown] tags=["en"]
# ## 3 The first measure: contribution
#
# **Contribution = 12 months of commission + income from other products** (funds, wealth products, margin lending). An article on client management in securities branches (Shanghai Securities News, 2005) is plain about it: tier by the total a client contributes over all financial products.
#
# Here are the ten who bring most. Look at their rank by commission: who would be missed if only that counted?

# %% tags=["figure"]
picture(plots.sources(lesson.practice.clients))

# %% [markdown] tags=["zh"]
# ## 四、第二把尺子：周转
#
# **周转 = 12 个月双边成交额 ÷ 平均资产**，单位是倍。双边就是买入加卖出。
#
# 例：平均资产 50 万元，一年买入 60 万元、卖出 65 万元，周转是 125 ÷ 50 = 2.5 倍。
#
# 周转说的是钱动得勤不勤，和钱多钱少无关。1 万元的账户可以周转 20 倍，800 万元的账户也可以一动不动。

# %% [markdown] tags=["en"]
# ## 4 The second measure: turnover
#
# **Turnover = 12 months of trades, both sides, ÷ average assets**, in times a year. Both sides means purchases plus sales.
#
# Example: average assets of CNY 500,000; purchases of 600,000 and sales of 650,000 in the year. Turnover is 1,250,000 ÷ 500,000 = 2.5 times.
#
# Turnover is how often money moves, not how much there is. An account of 10,000 may turn over 20 times and one of 8 million not at all.

# %% [markdown] tags=["zh"]
# ## 五、四个字母
#
# | | 周转低 | 周转高 |
# |---|---|---|
# | **贡献高** | **B** | **A** |
# | **贡献低** | **D** | **C** |
#
# 念的时候贡献在前、周转在后：高高 A，高低 B，低高 C，低低 D。

# %% [markdown] tags=["en"]
# ## 5 Four letters
#
# | | low turnover | high turnover |
# |---|---|---|
# | **high contribution** | **B** | **A** |
# | **low contribution** | **D** | **C** |
#
# Say contribution first, turnover second: high-high A, high-low B, low-high C, low-low D.

# %% [markdown] tags=["zh"]
# ## 六、做一遍给你看
#
# 切线：年贡献 2,800 元，年周转 3 倍。客户王\*：平均资产 80 万元，12 个月双边成交 480 万元，佣金 1,900 元，基金和理财收入 1,600 元。
#
# 1. **加**：1,900 + 1,600 = 3,500 元，不低于 2,800 元，贡献**高**。
# 2. **除**：480 ÷ 80 = 6 倍，不低于 3 倍，周转**高**。
# 3. **定**：高高，**A 类**。

# %% [markdown] tags=["en"]
# ## 6 Watch it done once
#
# Lines: contribution CNY 2,800 a year, turnover 3 times a year. Client 王\*: average assets CNY 800,000, trades on both sides CNY 4,800,000 in 12 months, commission CNY 1,900, funds and wealth products CNY 1,600.
#
# 1. **Add**: 1,900 + 1,600 = 3,500, not below 2,800: contribution is **high**.
# 2. **Divide**: 4,800,000 ÷ 800,000 = 6, not below 3: turnover is **high**.
# 3. **Place**: high-high, **tier A**.

# %% [markdown] tags=["zh"]
# ## 七、你来接着做
#
# 这位客户在你的练习台账里。先除，再定类。

# %% [markdown] tags=["en"]
# ## 7 Your turn
#
# This client is in your practice book. Divide first, then place.

# %% tags=["widget"]
lesson.ask("l11-p2")

# %% tags=["widget"]
lesson.ask("l11-p3")

# %% tags=["widget"]
lesson.ask("l11-p4")

# %% [markdown] tags=["zh"]
# ## 八、切线画在哪里
#
# 切线是人画的，不是天生的。本课程的默认口径：**贡献**切线取最高的 20% 客户，**周转**切线取最高的一半。拖动下面两条切线试一试：
#
# 1. 把贡献切线往下拖，直到一半客户都在线上。A、B 两类有多少位？多出来的人带来了多少贡献？
# 2. 把周转切线往右拖。哪两类的人在互相搬家？
# 3. 回到默认切线。

# %% [markdown] tags=["en"]
# ## 8 Where the lines go
#
# Lines are drawn by people; nature knows none. This course draws the **contribution** line above the top 20% of clients and the **turnover** line above the top half. Move them and see:
#
# 1. Pull the contribution line down until half of all clients are above it. How many are A and B now, and how much contribution did the newcomers add?
# 2. Move the turnover line to the right. Between which tiers do people move?
# 3. Go back to the default lines.

# %% tags=["widget"]
Quadrant(lesson.practice.clients, lesson.practice.cuts)

# %% [markdown] tags=["zh"]
# 你应该看到了：贡献切线放到中间，新加进来的三成客户，大约只带来两成贡献。一半人都是重点，就等于没有重点，时间也根本不够。
#
# 所以画贡献切线，先说定一个**小比例**，再找位置，并且**把口径写在表头**：换个同事来算，也是同一条线。

# %% [markdown] tags=["en"]
# You will have seen it: with the line in the middle, three clients in ten join the important ones and bring only about a fifth of the contribution. If half are important nobody is, and the time would never do.
#
# So for the contribution line state a **small share** first, find the place from it, and **write the share at the head of the list**: a colleague should get the same line.

# %% [markdown] tags=["zh"]
# ## 九、每一类该得到什么
#
# 分层决定的是**怎样服务**，不是要不要服务。每一类都有自己的做法，C 类和 D 类也一样。

# %% [markdown] tags=["en"]
# ## 9 What each tier is owed
#
# Tiers decide **how** to serve, never whether to. Each has a way of its own, C and D included.

# %% tags=["figure"]
tier_cards()

# %% tags=["widget"]
lesson.ask("l11-p5")

# %% [markdown] tags=["zh"]
# ## 十、2005 年怎么写，今天怎么做
#
# | 2005 年的文章 | 今天 |
# |---|---|
# | B 类：刺激需求，加速周转 | 不得诱使客户做不必要的买卖；问清资金用途，方案由投资顾问提供 |
# | D 类：提供较具体的操作策略 | 推荐个股要有投资顾问资格并做适当性匹配；改为投资者教育 |
# | D 类：类似广告的反复刺激 | 发商业短信须先征得同意，客户一退订就停 |

# %% [markdown] tags=["en"]
# ## 10 What 2005 advised, and what holds today
#
# | The article of 2005 | Today |
# |---|---|
# | B: stir up demand, quicken turnover | no inducing of needless trades; ask what the money is for, and leave plans to a licensed adviser |
# | D: offer rather specific trading tactics | naming stocks takes an adviser's registration and a suitability match; teach instead |
# | D: repeated, advertisement-like prompting | no commercial messages without consent, and none after the client has opted out |

# %% [markdown] tags=["zh"]
# > **依据**：《证券法》第五十七条（2019 年修订）；《证券经纪人管理暂行规定》第十三条；《证券投资顾问业务暂行规定》；《通信短信息服务管理规定》（2015 年）。2026 年 11 月核对，后三项依据的是转载文本，执行时以你公司合规部门的最新要求为准。
#
# 主管说“把周转做上去”，指的如果是多做几笔，那就是红线。

# %% [markdown] tags=["en"]
# > **Sources**: Securities Law, article 57 (revision of 2019); provisional rules on brokers' agents, article 13; provisional rules on investment advisers; rules on short message services (2015). Checked in November 2026, the last three in secondary texts: what your compliance department says comes first.
#
# “Get his turnover up”, if it means more trades, is across the line.

# %% [markdown] tags=["zh"]
# ## 十一、分层会在哪里误导你
#
# - **资产大不等于贡献大。** 大账户一年不动、也不买产品，就是低贡献；值得了解，但不能凭印象升类。
# - **没有数据不等于 D 类。** 你的练习台账里有 4 位“待定”，先补资料再分。
# - **类别是照片，不是标签。** 它只说过去 12 个月，每季度重算一次。
# - **类别是内部的。** 不告诉客户，也不能成为私下优惠佣金的理由。

# %% [markdown] tags=["en"]
# ## 11 Where tiers mislead
#
# - **Size is not contribution.** A big account that sleeps for a year and holds no products brings little; worth getting to know, no reason to promote it.
# - **No data is not a D.** Four clients in your practice book are to be decided: get the figures first.
# - **A tier is a photograph, not a label.** It speaks of the past 12 months; work it out again every quarter.
# - **Tiers are internal.** Clients are not told, and a tier is no ground for a private discount.

# %% [markdown] tags=["zh"]
# ## 十二、带走三件事
#
# 三道小题，每题选一个。错了可以再来，看完说明再选。

# %% [markdown] tags=["en"]
# ## 12 Three things to take away
#
# Three short questions, one answer each. If one is wrong, read why and try again.

# %% tags=["widget"]
lesson.ask("l11-x1")

# %% tags=["widget"]
lesson.ask("l11-x2")

# %% tags=["widget"]
lesson.ask("l11-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 贡献是**加**出来的，周转是**除**出来的，切线是**说定**的，服务是**每一类都有**的。
#
# **接下来：[做练习 E11a](exercise:11_tiering)** —— 给十位客户定类、画一条切线、给四类客户配服务，约 10 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Contribution is **added up**, turnover is **divided out**, lines are **agreed on**, and service is **owed to every tier**.
#
# **Next: [exercise E11a](exercise:11_tiering)**: place ten clients, draw a line, and match four tiers with their service, about 10 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E11a　客户分层
#
# 三道题，用的都是你自己的练习台账，每个人的客户和数字都不一样。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 11 课](lesson:11_tiering)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercise E11a · Tiering
#
# Three questions on your own practice book; everybody has other clients and other figures.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 11](lesson:11_tiering) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l11")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l11")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l11", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l11", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、给十位客户定类

# %% [markdown] tags=["en", "exercise"]
# ## 1 Place ten clients

# %% tags=["exercise", "widget"]
lesson.ask("e11a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e11a-q1"))

# %% [markdown] tags=["zh", "solution"]
# 做法和课上一样：先**加**（佣金 + 其他产品收入 = 贡献），再**除**（成交额 ÷ 平均资产 = 周转），最后各自和切线比。最容易错的三处：用佣金代替周转，漏掉其他产品，用资产规模代替贡献。

# %% [markdown] tags=["en", "solution"]
# As in the lesson: **add** (commission + other products = contribution), **divide** (trades ÷ average assets = turnover), then hold each against its line. The usual slips: commission in place of turnover, other products forgotten, size in place of contribution.

# %% [markdown] tags=["zh", "exercise"]
# ## 二、画一条贡献切线

# %% [markdown] tags=["en", "exercise"]
# ## 2 Draw the contribution line

# %% tags=["exercise", "widget"]
lesson.ask("e11a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e11a-q2"))

# %% [markdown] tags=["zh", "solution"]
# 先说定比例，再算人数，最后在图上找到这个名次对应的高度。图的正中间是中位数，一半客户都在线上，分了等于没分。

# %% [markdown] tags=["en", "solution"]
# State the share, work out how many people that is, then find the height of the curve at that rank. The middle of the figure is the median: half of all clients above the line, and nothing gained.

# %% [markdown] tags=["zh", "exercise"]
# ## 三、每一类该得到什么

# %% [markdown] tags=["en", "exercise"]
# ## 3 What each tier is owed

# %% tags=["exercise", "widget"]
lesson.ask("e11a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e11a-q3"))

# %% [markdown] tags=["zh", "solution"]
# 四类各有做法。“等他自己找上门”是不服务，“先把周转做上去”是诱导交易，对谁都不合适。

# %% [markdown] tags=["en", "solution"]
# Each tier has a way of its own. Waiting for them to come is no service, and getting turnover up is inducing trades: neither suits anybody.

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[你这本台账的解答](solution:11_tiering)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions for your own book](solution:11_tiering).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:11_tiering)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:11_tiering) · [Start](lesson:00_start)
