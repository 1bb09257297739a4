# %% [markdown] tags=["zh"]
# # 第 0 课　诊断与试飞：先飞一次，再学怎么飞
#
# 这一课没有分数。你会：
#
# - 凭直觉处理一个早上：六位客户，一个小时
# - 判断二十句话，看看自己**从哪里起步**
# - 认识课程里的**四样工具**
#
# 大约 20 分钟。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 0 · Where you stand: fly once before you learn to fly
#
# Nothing in this lesson counts. You will:
#
# - handle one morning by instinct: six clients, one hour
# - judge twenty statements and see **where you start from**
# - meet the **four things** this kit consists of
#
# About 20 minutes. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit import plots
from crmkit.analysis.activity import measures
from crmkit.widgets import BookBrowser, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l00")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l00")
lesson

# %% [markdown] tags=["zh"]
# ## 一、第一天早上
#
# 你坐到工位上。师傅请假，桌上有一张纸条：“六位客户，一个小时。先打给谁，你定。”
#
# 还没学过怎么定？正好。先照你觉得对的来，学完第 13 课再回来看看，你会怎么改。

# %% [markdown] tags=["en"]
# ## 1 The first morning
#
# You sit down at your desk. Your trainer is away; there is a note: “Six clients, one hour. Whom you call first is up to you.”
#
# Nobody has taught you how? Good. Do what seems right, and come back after lesson 13 to see what you would change.

# %% tags=["widget"]
lesson.ask("l00-p1")

# %% [markdown] tags=["zh"]
# ## 二、不是六位，是几百位
#
# 课件的第二个目标是“教大家学会如何同时管理大量客户关系”。下面是一本六十人的练习台账：点表头排序，按阶段筛选，点一行看卡片。
#
# 找找看：谁最久没有人联系？谁的资产最大？是同一批人吗？

# %% [markdown] tags=["en"]
# ## 2 Not six but hundreds
#
# The deck's second aim is to look after many clients at once. Here is a practice book of sixty people: click a heading to sort, choose a stage, click a row for its card.
#
# See who has not been contacted for longest, and who is largest. Are they the same people?

# %% tags=["widget"]
BookBrowser(
    lesson.practice.book,
    columns=("name", "client_id", "stage", "assets", "days_since_contact"),
)

# %% [markdown] tags=["zh"]
# 谁带来了这本台账的收入？从贡献最高的一位开始往上加，就是下面这条线。

# %% [markdown] tags=["en"]
# Who brings the income of this book? Add the clients up from the one who brings most, and you get this line.

# %% tags=["figure"]
picture(plots.pareto(measures(lesson.practice.book)["contribution_12m"]))

# %% [markdown] tags=["zh"]
# 少数人带来大半收入，可是另外的大半人里，有投诉的、有受伤的、有快要走的。一个小时怎么分，是整套课程要回答的问题。
#
# ## 三、二十句话

# %% [markdown] tags=["en"]
# A few bring most of it; but among the others some complain, some are hurt and some are about to go. How to divide an hour is what the whole course is about.
#
# ## 3 Twenty statements

# %% tags=["widget"]
lesson.ask("l00-p2")

# %% [markdown] tags=["zh"]
# ## 四、四样工具

# %% [markdown] tags=["en"]
# ## 4 Four things

# %% tags=["widget"]
lesson.ask("l00-p3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 记住你今天的排法和没判断对的那几句。**接下来：[第 1 课　三个阶段，四类客群](lesson:01_stages)**。

# %% [markdown] tags=["en"]
# ## In short
#
# Remember today's order, and the statements you missed. **Next: [lesson 1, three stages and four groups](lesson:01_stages)**.
