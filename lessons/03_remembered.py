# %% [markdown] tags=["zh"]
# # 第 3 课　让客户记住你：多见、不急、有理由
#
# 学完这一课，你能够：
#
# - 做一份**合规的十周联系计划**：隔得开、有见面、每次有理由
# - 分清**自然的理由**和**太急的话**，把一条消息改到让人舒服
# - 从别人说的话里听出**五种投资动机**
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 3 · Be remembered: often, unhurried, with a reason
#
# After this lesson you can:
#
# - make a **ten-week plan of contacts that keeps to the rules**: well apart, with visits, a reason each time
# - tell a **natural reason** from a **pushy line**, and turn a message into one that feels right
# - hear the **five motives** for investing in what people say
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.contacts import openings_by_contacts, openings_reached
from crmkit.widgets import TouchTracker, motive_tagger, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l03")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l03")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l03-w1")

# %% [markdown] tags=["zh"]
# ## 二、他记得你吗
#
# 你和一位准客户喝过一次茶。两个月后在电梯里碰到，他愣了一下：“您是……？”
#
# 课件建立准客户关系的第二步，就叫“让客户记住你”：多见面、多通话，不着急，不带明显目的；找到合理的见面理由；节假日的致电不可错过。课件还说了一个数。

# %% [markdown] tags=["en"]
# ## 2 Does he remember you?
#
# You had tea with a prospect once. Two months later, in a lift, he hesitates: “And you are …?”
#
# The deck's second step with a prospect is to be remembered: meet and call often, without hurry and without an obvious aim; find good reasons to meet; never miss calling on a holiday. It also names a number.

# %% tags=["widget"]
lesson.ask("l03-p1")

# %% [markdown] tags=["zh"]
# ## 三、第七次有什么特别吗
#
# 这是模拟营业部三年的记录：还没有开户的人，在联系到第几次之后、下一次之前开了户。

# %% [markdown] tags=["en"]
# ## 3 Is there anything about the seventh?
#
# Three years of a simulated branch: people without an account, and how many of them opened one after so many contacts and before the next.

# %% tags=["figure"]
picture(openings_by_contacts(lesson.practice.funnel, 7))

# %% [markdown] tags=["zh"]
# 每多联系一次，都有一些人开户，第七次并不特别（右边人少，高低是碰巧）。再看累计：到第六次，大多数开了户的人已经来了。

# %% [markdown] tags=["en"]
# After every contact some people come, and the seventh is nothing special (few people on the right, so chance moves the bars). Added up, most of those who ever came had come by the sixth.

# %% tags=["figure"]
picture(openings_reached(lesson.practice.funnel, 7))

# %% [markdown] tags=["zh"]
# 模拟营业部的规律是我们设定的，不能证明真实世界；它只说明，没有“第七次”这回事，数据也可以长成这样。课程里用“七”当练习目标，别把它当定律。

# %% [markdown] tags=["en"]
# How a simulated branch behaves is our own assumption and proves nothing about the world; it only shows what records look like without any magic seventh. The course uses seven as a target for practice, not as a law.

# %% [markdown] tags=["zh"]
# ## 四、理由：跟他有关，没有条件
#
# 做一遍给你看。上次喝茶，李\*提到女儿在学车。
#
# - 太急：“李哥，开户这事考虑好了吗？”——跟**我**有关，要他表态。
# - 自然：“李哥，您女儿驾照拿到了吗？”——跟**他**有关，不要他做什么。
#
# 理由合不合理，问一句就够：**他能不能轻松地说“不”？**

# %% [markdown] tags=["en"]
# ## 4 Reasons: about them, without strings
#
# Watch it done once. Over tea, 李\* mentioned that his daughter was learning to drive.
#
# - Pushy: “Have you made up your mind about the account?” It is about **me**, and wants an answer.
# - Natural: “Has your daughter got her licence?” It is about **him**, and wants nothing.
#
# One question tells a good reason: **is it easy to say no?**

# %% tags=["widget"]
lesson.ask("l03-p2")

# %% [markdown] tags=["zh"]
# ## 五、把一条消息改到让人舒服
#
# 下面这条微信是编的，这种语气你多半见过。直接在框里改，改完点“检查”。

# %% [markdown] tags=["en"]
# ## 5 Turn a message into one that feels right
#
# This message is made up; its tone you will have met. Edit it in the box, then check.

# %% tags=["widget"]
lesson.ask("l03-p4")

# %% [markdown] tags=["zh"]
# ## 六、五种动机，听词不看人
#
# | 动机 | 听到这样的词 | 他需要的是 |
# |---|---|---|
# | **收益** | 多少、利率、涨跌 | 把账算清楚 |
# | **规范** | 合同、牌照、留痕 | 给他依据 |
# | **习惯** | 一直、每月、懒得换 | 别逼他改 |
# | **身份** | 别人、面子、VIP | 让他体面 |
# | **情感** | 家人、家乡、人情 | 记得他在乎的 |
#
# 2005 年的文章说，了解动机，服务才“有的放矢”。动机要有证据：**他说过的话、做过的事**，不是年龄和性别。

# %% [markdown] tags=["en"]
# ## 6 Five motives: listen to words, not looks
#
# | motive | words you hear | what they need |
# |---|---|---|
# | **Return** | how much, rates, up and down | sums done clearly |
# | **Rules** | contract, licence, record | something to rely on |
# | **Habit** | always, every month, why change | not to be pushed |
# | **Status** | others, face, VIP | to look well |
# | **Emotion** | family, home, a kindness | to have it remembered |
#
# Knowing the motive, says the 2005 article, service hits the mark. A motive needs evidence: **what they said and did**, not age or sex.

# %% [markdown] tags=["zh"]
# 先试着分一分这几句。点卡片，再点动机；放对了会标出证据。

# %% [markdown] tags=["en"]
# Try a few first. Click the card, then a motive; the evidence is marked when you are right.

# %% tags=["widget"]
motive_tagger(lesson.practice.trial, lesson.practice.trial_motives)

# %% tags=["widget"]
lesson.ask("l03-p3")

# %% [markdown] tags=["zh"]
# ## 七、排一份计划
#
# 点日历里的日子，选方式和理由，看七个圆点怎样填满。这里随便试；练习里再交一份。

# %% [markdown] tags=["en"]
# ## 7 Lay out a plan
#
# Click days in the calendar, choose how and why, and watch the seven dots fill. Try what you like here; the exercise asks for a real one.

# %% tags=["widget"]
TouchTracker(lesson.practice.days[0], weeks=10)

# %% tags=["widget"]
lesson.ask("l03-p5")

# %% [markdown] tags=["zh"]
# ## 八、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 至少见七次面 | 是说法，不是定律；次数看对方意愿 |
# | 节假日的致电不可错过 | 照做；电话先征得同意，短信没有同意不发 |
# | 找到合理的见面理由 | 照做；不用礼品、现金、优惠换见面 |

# %% [markdown] tags=["en"]
# ## 8 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | Meet seven times at least | a saying, no law; how often is for the other to decide |
# | Never miss calling on a holiday | still so; ask before you call, and no texts without consent |
# | Find a good reason to meet | still so; no gifts, cash or offers in exchange for a meeting |

# %% [markdown] tags=["zh"]
# > **依据**：《证券法》第一百三十五条（2019 年修订）；《通信短信息服务管理规定》（2015 年）；《证券期货经营机构及其工作人员廉洁从业规定》。2026 年 11 月核对，后两项依据的是转载文本，以你公司合规部门的最新要求为准。

# %% [markdown] tags=["en"]
# > **Sources**: Securities Law, article 135 (revision of 2019); rules on short message services (2015); provisions on integrity in securities and futures business. Checked in November 2026, the last two in secondary texts: what your compliance department says comes first.

# %% [markdown] tags=["zh"]
# ## 九、带走三件事

# %% [markdown] tags=["en"]
# ## 9 Three things to take away

# %% tags=["widget"]
lesson.ask("l03-x1")

# %% tags=["widget"]
lesson.ask("l03-x2")

# %% tags=["widget"]
lesson.ask("l03-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 多见、不急、有理由；听词，不看人；他说停，就停。
#
# **接下来：[做练习 E03a 和 E03b](exercise:03_remembered)**：一份十周计划、一通节前的电话、二十句话的动机，约 15 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Often, unhurried, with a reason; words, not looks; and when they say stop, stop.
#
# **Next: [exercises E03a and E03b](exercise:03_remembered)**: a plan of ten weeks, a call before a festival, the motives of twenty sentences, about 15 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E03a、E03b　让客户记住你
#
# 三道题：一份计划、一个选择、二十句话。每个人的客户和句子都不一样。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 3 课](lesson:03_remembered)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E03a and E03b · Be remembered
#
# Three questions: a plan, a choice, twenty sentences. Everybody has another client and other sentences.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 3](lesson:03_remembered) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l03")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l03")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l03", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l03", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、一份十周的联系计划

# %% [markdown] tags=["en", "exercise"]
# ## 1 A plan of ten weeks

# %% tags=["exercise", "widget"]
lesson.ask("e03a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e03a-q1"))

# %% [markdown] tags=["zh", "solution"]
# 先空出他出差的一周，放好节前那通电话，再一周左右一次往前后排。渠道轮着来，理由一次换一个。

# %% [markdown] tags=["en", "solution"]
# Leave the week away empty, place the call before the festival, then work outwards at about one a week. Take the channels in turn, with another reason each time.

# %% [markdown] tags=["zh", "exercise"]
# ## 二、节前的联系

# %% [markdown] tags=["en", "exercise"]
# ## 2 Before the festival

# %% tags=["exercise", "widget"]
lesson.ask("e03a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e03a-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、二十句话的动机

# %% [markdown] tags=["en", "exercise"]
# ## 3 The motives of twenty sentences

# %% tags=["exercise", "widget"]
lesson.ask("e03b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e03b-q1"))

# %% [markdown] tags=["zh", "solution"]
# 每种动机四句。把括号里的年龄和性别遮住，圈出最要紧的词：多少、合同、一直、别人、牵挂。

# %% [markdown] tags=["en", "solution"]
# Four for each motive. Cover age and sex, and circle what matters: how much, the contract, always, others, a tie.

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:03_remembered)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:03_remembered).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:03_remembered)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:03_remembered) · [Start](lesson:00_start)
