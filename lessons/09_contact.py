# %% [markdown] tags=["zh"]
# # 第 9 课　联系计划：三百个人，二十五个小时
#
# 学完这一课，你能够：
#
# - 把时间花在**每分钟最值**的地方，一个人也不漏
# - 挡住**不该打的电话、不该发的消息**
# - 给每类客户定**节奏**，该急的当天办
# - 新客户有活动时，给**老客户**也留位置
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 9 · The contact plan: three hundred people, twenty-five hours
#
# After this lesson you can:
#
# - spend minutes where **each is worth most**, and leave nobody out
# - stop the **calls and messages that must not be made**
# - set a **rhythm** for each tier, and act the same day where it is urgent
# - give **old clients** a place in what new ones are offered
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.contacts import silence_map
from crmkit.plots.planning import reach_bars
from crmkit.widgets import (
    ClassPanel,
    ClassWeek,
    Judgements,
    Planner,
    PlannerPanel,
    Slider,
    Sliders,
    picture,
    start,
)

# %% tags=["zh", "setup"]
lesson = start("zh", "l09")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l09")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l09-w1")

# %% tags=["widget"]
lesson.ask("l09-w2")

# %% tags=["widget"]
lesson.ask("l09-w3")

# %% [markdown] tags=["zh"]
# ## 二、装不下的一个月
#
# 师傅把名单交给你：“三百位，从今天起归你。”你说那就每人每月打一通电话，重点的打两通。师傅笑了笑，递过来一个计算器。
#
# 开会、录单、回来电，一天下来真正能用来联系的，只有一个多小时。

# %% [markdown] tags=["en"]
# ## 2 A month that does not fit
#
# Your trainer hands you the list. “Three hundred, yours from today.” One call each a month, you say, and two for the key ones. Your trainer smiles and hands you a calculator.
#
# With meetings, forms and calls that come in, little more than an hour a day is left for contacts.

# %% tags=["widget"]
lesson.ask("l09-p1")

# %% [markdown] tags=["zh"]
# ## 三、谁被漏掉了
#
# 课件提醒：客户经理容易忽略一部分客户。下面是一个营业部照习惯做了三年的结果：横着看，多久没人联系；橙色的，已经超过这一类的期限。
#
# 期限是课程的约定：A 类 30 天，B 类 60，C 类 90，D 类 180。

# %% [markdown] tags=["en"]
# ## 3 Who was overlooked
#
# Managers easily overlook part of their clients, the deck warns. This is a branch after three years of habit: how long ago somebody was in touch, orange where it is beyond the limit of the tier.
#
# The limits are this course's: 30 days for A, 60 for B, 90 for C, 180 for D.

# %% tags=["figure"]
picture(silence_map(lesson.practice.silence))

# %% tags=["widget"]
lesson.ask("l09-p2")

# %% [markdown] tags=["zh"]
# ## 四、每分钟值多少
#
# 做一遍给你看。一次见面 60 分钟，值 240 分，每分钟 4 分；一通电话 10 分钟，值 70 分，每分钟 7 分。同样 60 分钟打六通，值 420 分。还有这样的电话可打，就先打；打完了，再去见面。
#
# 分值是教学假设：1 分大约是每月 1 元收入。真做计划时，用的是每位客户的贡献。

# %% [markdown] tags=["en"]
# ## 4 What a minute is worth
#
# Watch it done once. A visit takes 60 minutes and is worth 240 points, 4 a minute; a call takes 10 and is worth 70, 7 a minute. Six calls fit into the same hour and bring 420. While such calls are left, call; then go and visit.
#
# Points are a teaching assumption: one is about CNY 1 of income a month. A real plan takes each client's contribution.

# %% tags=["widget"]
lesson.ask("l09-p8")

# %% tags=["widget"]
lesson.ask("l09-p3")

# %% [markdown] tags=["zh"]
# 计划软件做的就是这件事，只是一次比完所有人、所有日子。下面是两周的最好排法，名单上有近四十位。拖动分钟：时间紧的时候，它先保住什么，放弃什么？

# %% [markdown] tags=["en"]
# That is what planning software does, for everybody and every day at once. Here is the best plan of two weeks for nearly forty clients. Move the minutes: when time is short, what does it keep, and what does it give up?

# %% tags=["widget"]
Sliders(
    {"minutes": Slider("l09.slider.minutes", (5, 10, 20, 40, 60, 90), 20)},
    lambda minutes: reach_bars(lesson.practice.reached(minutes)),
    lesson.practice.told,
    name="minutes",
)

# %% [markdown] tags=["zh"]
# 一通电话到底带来多少，谁也没有证据，只能凭判断。每类客户问四句：一个月不联系剩多少，按约定联系（记作 100），多联系一半，能多勤就多勤。说说你的判断，再看它要紧不要紧。

# %% [markdown] tags=["en"]
# What a call brings nobody can prove; it is judged. For each tier four questions: left alone for a month, contacted as owed (100), half as often again, as often as could be. Give your own judgement, and see how much hangs on it.

# %% tags=["widget"]
Judgements(lesson.practice.judged)

# %% [markdown] tags=["zh"]
# ## 五、三道门
#
# 拨号之前过三道门：**能不能找他**（请勿打扰、已经说过别再打的，不找）；**什么时候**（21:00 到次日 9:00 不打扰，一周不超过两次，都是课程约定）；**用什么方式**（电话、短信、微信，一样一样要同意）。

# %% [markdown] tags=["en"]
# ## 5 Three gates
#
# Three gates before you dial: **may we at all** (not if they asked to be left alone); **when** (not between 21:00 and 9:00, not more than twice a week: this course's conventions); **by which channel** (calls, texts, WeChat: each needs consent).

# %% tags=["widget"]
lesson.ask("l09-p4")

# %% [markdown] tags=["zh"]
# ## 六、急的和不急的
#
# 课件的分法：一般客户，日常短信加节日、生日问候；重点客户，经常电话联系，抽空见面；明显亏损的，主动打电话或者见面；明显盈利的，短信祝贺就可以。2005 年的文章还要求：对客户的行为，马上响应。

# %% [markdown] tags=["en"]
# ## 6 Urgent and not
#
# The deck: ordinary clients get routine texts, and greetings on holidays and birthdays; key clients are called often and met when time allows; clients with clear losses are called or met, those with clear gains congratulated by text. The 2005 article adds: respond at once to what clients do.

# %% tags=["widget"]
lesson.ask("l09-p5")

# %% [markdown] tags=["zh"]
# ## 七、看一份真的计划
#
# 这是你的两周：点一天看名单，点一位看理由，包括为什么是今天、为什么用这种方式。
#
# 试一试：把一次电话拖到另一天，点“按我的要求重排”，看看别人的安排跟着变了多少。

# %% [markdown] tags=["en"]
# ## 7 A real plan
#
# Your two weeks: click a day for its list, a client for the reasons, why that day and why that channel among them.
#
# Try it: drag a call to another day, choose “Plan again”, and see how much of the rest moves with it.

# %% tags=["widget"]
PlannerPanel(Planner(lesson.practice.month, lesson.practice.client_names, lesson.practice.plan))

# %% [markdown] tags=["zh"]
# ## 八、自己排一周
#
# 十来位客户，每天一个小时，你来排。排好了点“评分”：它会说你漏了什么、违了哪一条、离最好的排法差多少。差百分之五以内都评为 A 等（不是 A 类客户的 A），好排法不止一种。

# %% [markdown] tags=["en"]
# ## 8 Plan a week yourself
#
# A dozen clients, an hour a day: your turn. Have it scored, and you are told what is missing, which rule is broken, and how far it is from the best. Within five per cent earns the grade A (not tier A); there is more than one good plan.

# %% tags=["widget"]
ClassPanel(ClassWeek(lesson.practice.seed % 1000))

# %% [markdown] tags=["zh"]
# ## 九、活动来了，老客户呢
#
# 课件有三个“不能”，其中一个是：不能奖励了新客户，冷落了老客户。

# %% [markdown] tags=["en"]
# ## 9 A campaign, and the old clients
#
# The deck has three nevers. One of them: never reward new clients and neglect old ones.

# %% tags=["widget"]
lesson.ask("l09-p6")

# %% tags=["widget"]
lesson.ask("l09-p7")

# %% [markdown] tags=["zh"]
# ## 十、2010 年怎么写，今天怎么做
#
# | 2010 年的课件与文章 | 今天 |
# |---|---|
# | 对一般客户发日日金等短信 | 同意过的才发，能退订 |
# | 老客户安慰，甚至适度降佣 | 按公示档位走审批，同样条件同样对待 |
# | 客户生日送一份小礼物 | 问候照做；送礼按公司标准登记，不给现金 |
# | 对重点客户提操作建议 | 约投资顾问 |

# %% [markdown] tags=["en"]
# ## 10 What was advised then, and what holds today
#
# | Deck and articles | Today |
# |---|---|
# | Text ordinary clients about the cash product (日日金) and the like | only with consent, and with a way out |
# | Console old clients, or cut their commission somewhat | the published step, with approval, alike for like clients |
# | A small gift on birthdays | greet as before; gifts within the firm's standard, registered, never cash |
# | Give key clients trading advice | book the adviser |

# %% [markdown] tags=["zh"]
# > **依据**：个人信息保护法第十五条（撤回同意）；《通信短信息服务管理规定》、廉洁从业规定依据转载文本，2026 年 11 月核对；佣金公示的条款尚未核到原文，以公司合规部门为准。不打扰时间、每周次数、各类期限和分值是课程约定，可以换成公司自己的。

# %% [markdown] tags=["en"]
# > **Sources**: Personal Information Protection Law, article 15 (withdrawing consent); rules on short message services and on integrity from secondary texts, checked in November 2026; the clauses on published commissions are not yet checked against the text, so ask your compliance officer. Quiet hours, contacts a week, limits by tier and points are this course's; put your firm's in their place.

# %% [markdown] tags=["zh"]
# ## 十一、带走三件事

# %% [markdown] tags=["en"]
# ## 11 Three things to take away

# %% tags=["widget"]
lesson.ask("l09-x1")

# %% tags=["widget"]
lesson.ask("l09-x2")

# %% tags=["widget"]
lesson.ask("l09-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 先承认时间不够，再让每一分钟花得值：人人有一次，余下的给最值的；三道门关得住；出事的当天办；老客户有位置。
#
# **接下来：[做练习 E09a 和 E09b](exercise:09_contact)**，约 20 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Admit that time is short, then make each minute count: once for everybody, the rest where it is worth most; three gates that hold; trouble on the same day; a place for old clients.
#
# **Next: [exercises E09a and E09b](exercise:09_contact)**, about 20 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E09a、E09b　联系计划
#
# 八道题，名单和数字都是你自己的。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 9 课](lesson:09_contact)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E09a and E09b · The contact plan
#
# Eight questions with clients and figures of your own.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 9](lesson:09_contact) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l09")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l09")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l09", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l09", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、一个月的节奏

# %% [markdown] tags=["en", "exercise"]
# ## 1 A month's rhythm

# %% tags=["exercise", "widget"]
lesson.ask("e09a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09a-q1"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、三道门

# %% [markdown] tags=["en", "exercise"]
# ## 2 Three gates

# %% tags=["exercise", "widget"]
lesson.ask("e09a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09a-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、每分钟值多少，和自己的一周

# %% [markdown] tags=["en", "exercise"]
# ## 3 What a minute is worth, and a week of your own

# %% tags=["exercise", "widget"]
lesson.ask("e09a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09a-q3"))

# %% tags=["exercise", "widget"]
lesson.ask("e09a-q4")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09a-q4"))

# %% [markdown] tags=["zh", "exercise"]
# ## 四、活动与老客户

# %% [markdown] tags=["en", "exercise"]
# ## 4 A campaign and the old clients

# %% tags=["exercise", "widget"]
lesson.ask("e09b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09b-q1"))

# %% tags=["exercise", "widget"]
lesson.ask("e09b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09b-q2"))

# %% tags=["exercise", "widget"]
lesson.ask("e09b-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09b-q3"))

# %% tags=["exercise", "widget"]
lesson.ask("e09b-q4")

# %% tags=["exercise", "evidence"]
print(lesson.report("e09b-q4"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:09_contact)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:09_contact).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:09_contact)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:09_contact) · [Start](lesson:00_start)
