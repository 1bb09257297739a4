# %% [markdown] tags=["zh"]
# # 第 2 课　了解客户：问该问的，不问不该问的
#
# 学完这一课，你能够：
#
# - 说出了解客户的**五个方面**，算出一份档案的**完整度**
# - 从一句闲话里听出客户关心什么
# - 分清哪些现在问、哪些走官方渠道、哪些**永远不问**
# - 按测评给客户定 **C1 到 C5**，知道等级什么时候失效
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 2 · Know the client: what to ask, and what not
#
# After this lesson you can:
#
# - name the **five parts** of knowing a client, and work out how **complete** a file is
# - hear what somebody cares about in a casual remark
# - tell what to ask now, what to collect officially and what **never** to ask
# - grade a client **C1 to C5** by the questionnaire, and know when the grade lapses
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.knowing import grade_ladder, known_by_part
from crmkit.widgets import Questionnaire, picture, profile_card, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l02")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l02")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l02-w1")

# %% [markdown] tags=["zh"]
# ## 二、一张快空了的卡片
#
# 师傅递给你一叠客户卡片。第一张写得满满的：姓名、电话、住址、生日，一项不缺。
#
# “他亏得起多少？这笔钱打算做什么用？”师傅问。卡片上没有。
#
# “那你还不认识他。”课件第一步的最后一句也是这个意思：不了解客户，就谈不上建立关系。

# %% [markdown] tags=["en"]
# ## 2 A card that is nearly empty
#
# Your trainer hands you a stack of client cards. The first is full of writing: name, phone, address, birthday, nothing missing.
#
# “How much can he afford to lose? What is the money for?” she asks. The card does not say.
#
# “Then you don't know him yet.” The deck ends its first step on the same thought: without knowing the client there is no relationship to build.

# %% tags=["widget"]
lesson.ask("l02-p1")

# %% tags=["widget"]
lesson.ask("l02-p7")

# %% [markdown] tags=["zh"]
# ## 三、容易问的都问了，要紧的都空着
#
# 这是你练习名单里的 40 份档案，五个方面各填了多少。哪两个方面最空？它们恰好是什么时候要用的？

# %% [markdown] tags=["en"]
# ## 3 The easy questions are answered, the weighty ones are not
#
# Here are the 40 files of your practice list, part by part. Which two are emptiest? And when are just these needed?

# %% tags=["figure"]
picture(known_by_part(lesson.practice.parts))

# %% [markdown] tags=["zh"]
# **完整度**把五个方面各算五分之一。基本资料有五项、需求只有两项，如果按项数算，把容易的填满，看上去就快齐了。
#
# 做一遍给你看。马\*：基本资料 5/5，家庭与工作 1/2，财务 1/3，风险 2/2，需求 0/2。
#
# 100 + 50 + 33 + 100 + 0 = 283，除以 5，约 **57%**。

# %% [markdown] tags=["en"]
# **Completeness** gives each part one fifth. The basics have five fields, needs only two; counted by field, a file looks nearly done once the easy ones are in.
#
# Watch it done once. 马\*: basics 5 of 5, family and work 1 of 2, finances 1 of 3, risk 2 of 2, needs 0 of 2.
#
# 100 + 50 + 33 + 100 + 0 = 283; divided by 5, about **57 per cent**.

# %% [markdown] tags=["zh"]
# 下面这张卡片来自你的练习名单，看看五个方面各缺什么，再算一算。

# %% [markdown] tags=["en"]
# This card is from your practice list. See what lacks in each of the five parts, then work it out.

# %% tags=["widget"]
profile_card(lesson.practice.profile(lesson.practice.halfway), measured=False)

# %% tags=["widget"]
lesson.ask("l02-p2")

# %% [markdown] tags=["zh"]
# ## 四、站在客户的立场想六个问题
#
# 课件建立准客户关系的第三步，是替客户想六个问题。客户很少直接问出来，多半藏在一句闲话里。听听看。

# %% [markdown] tags=["en"]
# ## 4 Six questions from the client's side
#
# The deck's third step with a prospect is to think six questions from the client's side. Clients seldom ask them outright; they hide in a remark. Listen.

# %% tags=["widget"]
lesson.ask("l02-p4")

# %% [markdown] tags=["zh"]
# 听出来了，第一句就从他关心的地方接起，别急着说自己准备好的话。

# %% [markdown] tags=["en"]
# Once you have heard it, begin where their care is, not with what you came to say.

# %% tags=["widget"]
lesson.ask("l02-p6")

# %% [markdown] tags=["zh"]
# ## 五、该问的、该走官方渠道的、永远不问的
#
# | | 例子 | 为什么 |
# |---|---|---|
# | **现在聊** | 工作、目标、期限、亏得起多少 | 服务他用得着 |
# | **走官方渠道** | 证件、收入证明、银行卡 | 敏感信息，公司保护、留痕 |
# | **永远不问** | 密码、验证码、亲友名单 | 用不着，或知道了就有害 |
#
# 记一句话：**用得着吗？今天用得着吗？该由我来收吗？**

# %% [markdown] tags=["en"]
# ## 5 Ask, collect officially, never ask
#
# | | for example | why |
# |---|---|---|
# | **Ask now** | work, goals, time, loss that can be borne | needed to serve |
# | **Officially** | identity card, proof of income, bank card | sensitive; the firm protects and records |
# | **Never** | passwords, codes, names of relatives | no use, or harm in knowing |
#
# One line to remember: **needed? needed today? mine to collect?**

# %% tags=["widget"]
lesson.ask("l02-p3")

# %% [markdown] tags=["zh"]
# ## 六、测评：五个方面，一个等级
#
# 《证券法》第八十八条要求了解五样：基本情况、财产、金融资产、知识经验、专业能力。练习问卷就按这五样出题。自己做一遍，看看每一题改一档，等级怎样动。

# %% [markdown] tags=["en"]
# ## 6 The questionnaire: five things, one level
#
# Article 88 of the Securities Law asks for five: situation, property, financial assets, knowledge and experience, ability. The practice questionnaire follows them. Fill it in as yourself and see how a single answer moves the level.

# %% tags=["widget"]
Questionnaire(lesson.practice.as_of)

# %% [markdown] tags=["zh"]
# 下面是一位客户的得分，摆在五个等级的尺子上。分档是某一家公司的做法，各公司不同；你的公司有自己的线。

# %% [markdown] tags=["en"]
# Here are one client's points, laid along the scale of the five levels. The bands are one firm's; firms differ, and yours has lines of its own.

# %% tags=["figure"]
picture(grade_ladder(lesson.practice.sheets["Q1"].points, lesson.practice.bands))

# %% tags=["widget"]
lesson.ask("l02-p5")

# %% [markdown] tags=["zh"]
# ## 七、三条红线
#
# - **不代填、不提示。** 测评是客户自己的；2025 年有工作人员因提供测评答案被处罚。
# - **最低类别不看分数。** 没有完全民事行为能力、或一分也亏不起的，一律 C1，签了字也不能买超过等级的。
# - **等级会过期。** 本课程按 24 个月；客户情况变了，马上重做。

# %% [markdown] tags=["en"]
# ## 7 Three lines not to cross
#
# - **No filling in, no prompting.** The questionnaire is the client's; in 2025 staff were penalised for supplying answers.
# - **The lowest category does not go by points.** Without full legal capacity, or with no loss to bear, the level is C1, and no signature opens more.
# - **Levels lapse.** After 24 months in this course, and at once when the client's situation changes.

# %% [markdown] tags=["zh"]
# ## 八、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 了解家庭与工作、财务状况 | 照样要了解，但只问服务用得着的，并说明用途 |
# | 用纸笔、卡片记录 | 客户信息由公司系统保存，个人不私存证件和照片 |
# | 了解风险承受能力 | 成了法定义务：测评、匹配、留痕，拒绝提供信息的不能卖 |

# %% [markdown] tags=["en"]
# ## 8 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | Learn about family, work and finances | still so, but only what serving takes, and say what it is for |
# | Keep paper cards | the firm's systems keep client data; nobody stores papers and pictures of their own |
# | Learn how much risk they can bear | now a legal duty: assess, match, record, and sell nothing to those who withhold |

# %% [markdown] tags=["zh"]
# > **依据**：《证券法》第八十八、八十九、一百三十七条（2019 年修订）；《证券期货投资者适当性管理办法》第十九至二十二条；《个人信息保护法》第六、二十八至三十条；《金融机构产品适当性管理办法》（2026 年 2 月起施行，针对银行等机构）。2026 年 11 月核对，第二、四项依据的是转载文本，以你公司合规部门的最新要求为准。

# %% [markdown] tags=["en"]
# > **Sources**: Securities Law, articles 88, 89 and 137 (revision of 2019); measures on investor suitability, articles 19 to 22; Personal Information Protection Law, articles 6 and 28 to 30; measures on product suitability of financial institutions (in force since February 2026, for banks and the like). Checked in November 2026, the second and fourth in secondary texts: what your compliance department says comes first.

# %% [markdown] tags=["zh"]
# ## 九、带走三件事

# %% [markdown] tags=["en"]
# ## 9 Three things to take away

# %% tags=["widget"]
lesson.ask("l02-x1")

# %% tags=["widget"]
lesson.ask("l02-x2")

# %% tags=["widget"]
lesson.ask("l02-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 五个方面，各算五分之一；三句话，决定问不问；等级由客户自己答出来，会过期。
#
# **接下来：[做练习 E02a 和 E02b](exercise:02_know)**，约 14 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Five parts, one fifth each; three questions before you ask; a level comes from the client's own answers, and lapses.
#
# **Next: [exercises E02a and E02b](exercise:02_know)**, about 14 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E02a、E02b　了解客户
#
# 七道题，档案和测评都来自你自己的练习名单。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 2 课](lesson:02_know)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E02a and E02b · Know the client
#
# Seven questions; files and questionnaires come from your own practice list.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 2](lesson:02_know) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import profile_card, start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l02")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l02")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l02", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l02", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、十二样东西，怎样处理

# %% [markdown] tags=["en", "exercise"]
# ## 1 Twelve things, three ways

# %% tags=["exercise", "widget"]
lesson.ask("e02a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02a-q1"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、档案里缺哪一块
#
# 先翻一翻这张档案卡，再回答下面两题。

# %% [markdown] tags=["en", "exercise"]
# ## 2 What lacks in the file
#
# Look through this card, then answer the two questions below.

# %% tags=["exercise", "widget"]
profile_card(lesson.practice.profile(lesson.practice.graded), measured=False)

# %% tags=["exercise", "widget"]
lesson.ask("e02a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02a-q2"))

# %% tags=["exercise", "widget"]
lesson.ask("e02a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02a-q3"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、六句话，各在问什么

# %% [markdown] tags=["en", "exercise"]
# ## 3 Six remarks, six questions

# %% tags=["exercise", "widget"]
lesson.ask("e02a-q4")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02a-q4"))

# %% [markdown] tags=["zh", "exercise"]
# ## 四、给五位客户定级

# %% [markdown] tags=["en", "exercise"]
# ## 4 Grade five clients

# %% tags=["exercise", "widget"]
lesson.ask("e02b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02b-q1"))

# %% [markdown] tags=["zh", "solution"]
# 五项相加，再看分档；“最低”一格打勾的，多少分都是 C1。

# %% [markdown] tags=["en", "solution"]
# Add the five and look up the band; a tick under lowest is C1 at any score.

# %% [markdown] tags=["zh", "exercise"]
# ## 五、过期了怎么办，差两分怎么办

# %% [markdown] tags=["en", "exercise"]
# ## 5 Lapsed, and two points short

# %% tags=["exercise", "widget"]
lesson.ask("e02b-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02b-q2"))

# %% tags=["exercise", "widget"]
lesson.ask("e02b-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e02b-q3"))

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[你这份名单的解答](solution:02_know)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions for your own list](solution:02_know).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:02_know)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:02_know) · [Start](lesson:00_start)
