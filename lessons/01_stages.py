# %% [markdown] tags=["zh"]
# # 第 1 课　三个阶段，四类客群
#
# 学完这一课，你能够：
#
# - 拿到一个人的基本情况，说出他是**准客户、新客户还是老客户**，属于四类客群的哪一类
# - 说出三个时刻（开户前、开户后、服务时）各做什么
# - 给每个阶段配上**目的**和该看的**数**
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 1 · Three stages, four groups
#
# After this lesson you can:
#
# - look at the plain facts about a person and say whether they are a **prospect, a new client or an old client**, and which of four groups they belong to
# - say what is done at each of three moments: before the account, after it, while serving
# - match each stage with its **aim** and the **figure** to watch
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.lifecycle import group_shares, stage_counts, stage_lines
from crmkit.widgets import Slider, Sliders, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l01")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l01")
lesson

# %% [markdown] tags=["zh"]
# ## 一、同一个早上，三个人
#
# 上班第二天，师傅让你跟着听三通电话。
#
# 第一通打给一位中学老师：上周讲座上认识的，还没有开户，聊了聊她孩子的高考。第二通打给一位刚开户的出租车司机：教他在手机上查手续费。第三通打给一位开户十年的退休工程师：他的账户这个月亏了不少，师傅约他明天喝茶。
#
# “三通电话都是维护客户关系，”师傅说，“可没有一句话能换着说。”

# %% [markdown] tags=["en"]
# ## 1 One morning, three people
#
# Your second day. Your trainer lets you listen to three calls.
#
# The first is to a schoolteacher she met at a talk last week: no account yet; they speak of her son's exams. The second is to a taxi driver who has just opened one: she shows him where the app lists his fees. The third is to a retired engineer, a client of ten years, whose account has had a bad month: she asks him to tea tomorrow.
#
# “All three are looking after clients,” she says, “and not one sentence would do for another.”

# %% tags=["widget"]
lesson.ask("l01-p1")

# %% [markdown] tags=["zh"]
# ## 二、三个阶段，问两句就知道
#
# 1. **他在我们这里有没有账户？** 没有，是**准客户**。
# 2. **从首笔交易算起，满 3 个月了吗？** 没有首笔交易、或者还不满，是**新客户**；满了，是**老客户**。
#
# 就这两句。他在别家炒了多少年、账上有多少钱、最近动没动，都不改变阶段。
#
# 三个阶段来自 2010 年的培训课件。课件没有说新客户到哪天为止，“3 个月”是本课程的约定；你的营业部可以另定，但要全员一个口径。

# %% [markdown] tags=["en"]
# ## 2 Three stages, two questions
#
# 1. **Is there an account with us?** No: a **prospect**.
# 2. **Have three months gone by since the first trade?** Not yet, or no first trade: a **new client**. Yes: an **old client**.
#
# That is all. Years with another broker, money in the account, a quiet spell: none of it changes the stage.
#
# The three stages come from the training deck of 2010. It does not say when a client stops being new; three months is this course's convention. Your branch may choose another, as long as everybody uses the same.

# %% [markdown] tags=["zh"]
# 下图是你的练习名单里的五个人，各走到了哪一步。菱形是开户，圆点是首笔交易。

# %% [markdown] tags=["en"]
# Here are five people from your practice list and how far each has come. A diamond marks the account, a dot the first trade.

# %% tags=["figure"]
picture(stage_lines(lesson.practice.examples, lesson.practice.as_of, lesson.practice.new_months))

# %% [markdown] tags=["zh"]
# ## 三、做一遍给你看
#
# 今天是 2026-06-30。赵\*：在别的券商做了十二年，2026-06-24 在我们这里开户，转入 180 万元，还没有交易。
#
# 1. **有账户吗？** 有，2026-06-24 开的。不是准客户。
# 2. **首笔交易满 3 个月了吗？** 还没有首笔交易。
# 3. **定**：**新客户**。十二年股龄、180 万元，都不用看。

# %% [markdown] tags=["en"]
# ## 3 Watch it done once
#
# Today is 2026-06-30. 赵\* traded with another broker for twelve years, opened an account with us on 2026-06-24, moved in CNY 1.8 million, and has not traded.
#
# 1. **An account?** Yes, since 2026-06-24. No prospect.
# 2. **Three months since the first trade?** There has been none.
# 3. **Place**: a **new client**. The twelve years and the 1.8 million do not come into it.

# %% [markdown] tags=["zh"]
# ## 四、你来接着做

# %% [markdown] tags=["en"]
# ## 4 Your turn

# %% tags=["widget"]
lesson.ask("l01-p2")

# %% [markdown] tags=["zh"]
# ## 五、“3 个月”改成别的数会怎样
#
# 拖动滑块，看你的练习名单里三个阶段的人数怎样变。
#
# 1. 改成 0：谁消失了？他们的起步由谁来管？
# 2. 改成 12：新客户多了多少？你每周都要陪他们，时间够吗？
# 3. 准客户的人数变不变？为什么？

# %% [markdown] tags=["en"]
# ## 5 What if it were not three months?
#
# Move the slider and watch the three stages of your practice list.
#
# 1. At 0: who has vanished? Who now looks after their start?
# 2. At 12: how many more are new? You are to see them every week; is there time?
# 3. Does the number of prospects change? Why not?

# %% tags=["widget"]
Sliders(
    {"chosen": Slider("lifecycle.new_months", range(13), lesson.practice.new_months)},
    lambda chosen: stage_counts(lesson.practice.stage_counts(), chosen),
    name="new_months",
)

# %% [markdown] tags=["zh"]
# ## 六、四类客群：换一个角度
#
# 2005 年的一篇文章从营业部的角度分四类：
#
# | | 怎样认出来 | 该做什么 |
# |---|---|---|
# | **潜在客户** | 有存款或保险，没有投资 | 培养投资认识 |
# | **重点发展客户** | 在别处有基金、股票，没有选择我们 | 用个性化服务赢得认可 |
# | **二次开发客户** | 已选择我们，还不是利润核心 | 了解需要，慢慢加深 |
# | **终身客户** | 已选择我们，是利润核心 | 重点维护，一直陪着 |
#
# 阶段说的是**走到哪一步**，客群说的是**该往哪里用力**。

# %% [markdown] tags=["en"]
# ## 6 Four groups: another angle
#
# An article of 2005 looks from the branch and sees four groups:
#
# | | how to tell | what to do |
# |---|---|---|
# | **Potential** | deposits or insurance, no investments | teach what investing is |
# | **To be won** | investments elsewhere, has not chosen us | earn trust by personal service |
# | **To be developed** | has chosen us, does not carry the profit | learn what they need, go deeper |
# | **For life** | has chosen us and carries the profit | look after them first, and always |
#
# The stage says **how far** somebody has come, the group **where to put your effort**.

# %% [markdown] tags=["zh"]
# 下图是你的练习名单：上面一条按人数，下面一条按贡献。终身客户在两条里各占多少？

# %% [markdown] tags=["en"]
# Your practice list again: the upper bar by people, the lower by contribution. How much of each do the clients for life make up?

# %% tags=["figure"]
picture(group_shares(lesson.practice.people))

# %% [markdown] tags=["zh"]
# 人数不多，贡献占大头；可是他们没有一个生来就是终身客户，每一位都从别的类走过来。所以四类都要有人管。
#
# 接着给刚才那位客户定客群。

# %% [markdown] tags=["en"]
# Few people, most of the contribution; yet none of them was born a client for life, each came through the other groups. So all four need somebody to look after them.
#
# Now give the client from before a group.

# %% tags=["widget"]
lesson.ask("l01-p3")

# %% [markdown] tags=["zh"]
# ## 七、三个时刻，九件事
#
# 课件说，维护发生在三个时刻：**开户前、开户后、服务时**。目的不同，做的事也不同。

# %% [markdown] tags=["en"]
# ## 7 Three moments, nine acts
#
# The deck names three moments: **before the account is opened, after it, and while serving**. With the aim changes the work.

# %% tags=["widget"]
lesson.ask("l01-p4")

# %% [markdown] tags=["zh"]
# ## 八、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 维护准客户的唯一目的是发展成客户 | 目的没有变；先征得同意再打电话、发信息，不收集用不着的个人信息 |
# | 维护新客户：促进首笔交易和持续交易 | 服务好起步；不得为佣金诱使客户做不必要的买卖 |
# | 维护老客户：防止客户流失 | 靠满意留人；客户要转户、销户，不得设置障碍 |

# %% [markdown] tags=["en"]
# ## 8 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | The one aim with prospects is to make them clients | the aim stands; ask before you call or write, and collect no personal data you do not need |
# | New clients: promote the first trade and further ones | help them start well; never induce needless trades for commission |
# | Old clients: prevent their leaving | by their being content; nobody who wants to move or close an account may be obstructed |

# %% [markdown] tags=["zh"]
# > **依据**：《个人信息保护法》第六条、第十三条；《通信短信息服务管理规定》（2015 年）；《证券法》第五十七条（2019 年修订）；证监会 2009 年关于客户转户、销户的通知。2026 年 11 月核对，第二、四项依据的是转载文本，执行时以你公司合规部门的最新要求为准。

# %% [markdown] tags=["en"]
# > **Sources**: Personal Information Protection Law, articles 6 and 13; rules on short message services (2015); Securities Law, article 57 (revision of 2019); notice of the securities regulator on moving and closing accounts (2009). Checked in November 2026, the second and fourth in secondary texts: what your compliance department says comes first.

# %% [markdown] tags=["zh"]
# ## 九、一家营业部的难题
#
# 一篇论文写过一家中小券商的分公司：“开发客户困难，客户流失严重”，两头都难。下面这家和它很像。

# %% [markdown] tags=["en"]
# ## 9 A branch in trouble
#
# A thesis describes the branch of a smaller broker that found clients hard to win and easy to lose, both at once. The branch below is much like it.

# %% tags=["widget"]
lesson.ask("l01-p5")

# %% [markdown] tags=["zh"]
# ## 十、带走三件事
#
# 三道小题，每题选一个。错了可以再来，看完说明再选。

# %% [markdown] tags=["en"]
# ## 10 Three things to take away
#
# Three short questions, one answer each. If one is wrong, read why and try again.

# %% tags=["widget"]
lesson.ask("l01-x1")

# %% tags=["widget"]
lesson.ask("l01-x2")

# %% tags=["widget"]
lesson.ask("l01-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 阶段只问两句：**有没有账户，首笔交易满没满 3 个月**。目的跟着阶段走：**发展、服务、防流失**。
#
# **接下来：[做练习 E01a 和 E01b](exercise:01_stages)**——二十张卡片定阶段、定客群，再给三个阶段配目的和数，约 15 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# The stage takes two questions: **an account? three months since the first trade?** The aim follows the stage: **win, serve, keep**.
#
# **Next: [exercises E01a and E01b](exercise:01_stages)**: twenty cards by stage and group, then an aim and a figure for each stage, about 15 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E01a、E01b　阶段与客群
#
# 五道题，用的都是你自己的练习名单，每个人的卡片都不一样。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 1 课](lesson:01_stages)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E01a and E01b · Stages and groups
#
# Five questions on your own practice list; everybody has other cards.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 1](lesson:01_stages) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l01")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l01")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l01", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l01", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、二十张卡片：阶段

# %% [markdown] tags=["en", "exercise"]
# ## 1 Twenty cards: stages

# %% tags=["exercise", "widget"]
lesson.ask("e01a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e01a-q1"))

# %% [markdown] tags=["zh", "solution"]
# 只用两格：没有开户日的是准客户；有开户日、首笔交易不满 3 个月或还没有的是新客户；其余是老客户。别处的投资、资产大小、最近有没有交易，都是干扰。

# %% [markdown] tags=["en", "solution"]
# Two columns do it: no account is a prospect; an account with no first trade, or less than three months since, is a new client; everybody else is an old one. Investments elsewhere, size and silence are there to distract.

# %% [markdown] tags=["zh", "exercise"]
# ## 二、同样的卡片：客群

# %% [markdown] tags=["en", "exercise"]
# ## 2 The same cards: groups

# %% tags=["exercise", "widget"]
lesson.ask("e01a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e01a-q2"))

# %% [markdown] tags=["zh", "solution"]
# 先按账户分两半，再各问一句：没有账户的，在别处投资吗？有账户的老客户，贡献到线吗？刚开户的大户还没有贡献，是二次开发；小账户贡献到线，一样是终身客户。

# %% [markdown] tags=["en", "solution"]
# Split by account, then ask one thing of each half. Without one: do they invest elsewhere? With one: does an old client's contribution reach the line? A large new account has brought nothing yet and is to be developed; a small one above the line is for life all the same.

# %% [markdown] tags=["zh", "exercise"]
# ## 三、每个阶段的目的

# %% [markdown] tags=["en", "exercise"]
# ## 3 An aim for each stage

# %% tags=["exercise", "widget"]
lesson.ask("e01b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e01b-q1"))

# %% [markdown] tags=["zh", "exercise"]
# ## 四、每个阶段看什么数

# %% [markdown] tags=["en", "exercise"]
# ## 4 A figure for each stage

# %% tags=["exercise", "widget"]
lesson.ask("e01b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e01b-q2"))

# %% [markdown] tags=["zh", "solution"]
# 数跟着目的走。准客户没有账户，谈不上佣金；老客户盯销量，容易盲目推荐。

# %% [markdown] tags=["en", "solution"]
# Figures follow aims. Prospects have no account and so no commission; watch product sales with old clients, and recommending turns blind.

# %% [markdown] tags=["zh", "exercise"]
# ## 五、六件事，三个时刻

# %% [markdown] tags=["en", "exercise"]
# ## 5 Six acts, three moments

# %% tags=["exercise", "widget"]
lesson.ask("e01b-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e01b-q3"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[你这份名单的解答](solution:01_stages)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions for your own list](solution:01_stages).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:01_stages)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:01_stages) · [Start](lesson:00_start)
