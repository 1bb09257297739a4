# %% [markdown] tags=["zh"]
# # 客户经理培训课
#
# 写给证券营业部的客户经理：怎样赢得客户、服务客户、留住客户。不用写程序，看、点、拖就行；练习用的客户全是虚构的，错了不要紧。
#
# [English](twin:)

# %% [markdown] tags=["en"]
# # A course for account managers
#
# For account managers at securities branches: how to win, serve and keep clients. No programming; you read, click and drag. Every client in the exercises is made up, so mistakes cost nothing.
#
# [中文](twin:)

# %% tags=["setup"]
from crmkit.widgets import open_course

# %% tags=["zh", "setup"]
course = open_course("zh")
course

# %% tags=["en", "setup"]
course = open_course("en")
course

# %% tags=["widget"]
course.continue_here()

# %% [markdown] tags=["zh"]
# ## 今天的三分钟

# %% [markdown] tags=["en"]
# ## Three minutes for today

# %% tags=["widget"]
course.deck()

# %% [markdown] tags=["zh"]
# ## 课程地图
#
# 次序和 2010 年的培训课件一样：准客户、新客户、老客户，最后是同时管理许多客户。写好一课上线一课。

# %% [markdown] tags=["en"]
# ## Map of the course
#
# In the order of the training deck of 2010: prospects, new clients, existing clients, and at last many clients at once. Lessons appear as they are written.

# %% tags=["widget"]
course.map()

# %% [markdown] tags=["zh"]
# ## 我的强弱项
#
# 第一次检查就对，算一次做对；换了数字连续两次做对，算掌握。

# %% [markdown] tags=["en"]
# ## How I stand
#
# Right at the first check counts as right at once; twice in a row on different figures counts as mastered.

# %% tags=["widget"]
course.strengths()

# %% [markdown] tags=["zh"]
# ## 行话小词典
#
# 看不懂的词，先到这里查；点一课，展开那一课的词。

# %% [markdown] tags=["en"]
# ## The trade's words
#
# A word you do not know? Open the lesson it belongs to.

# %% tags=["widget"]
course.words()

# %% [markdown] tags=["zh"]
# ## 上交答案
#
# 要交给培训老师时点一下：全部答案写成一个文件，并告诉你它在哪里。文件不会自动发出去。

# %% [markdown] tags=["en"]
# ## Hand in your answers
#
# When your trainer wants to see them, press once: all answers go into one file, and you are told where it is. It is not sent anywhere by itself.

# %% tags=["widget"]
course.hand_in()

# %% [markdown] tags=["zh"]
# ## 三种用法
#
# - **自己学**：读一课，20 到 30 分钟；做练习，马上知道对错和原因。
# - **带班讲**：投影课文和图，一起拖切线、讨论谁错在哪里。每个人的练习台账都不同，答案抄不来。
# - **用在自己的台账上**：把客户台账交给同一套工具，拿回分层结果和下个月的联系计划。

# %% [markdown] tags=["en"]
# ## Three ways to use it
#
# - **Learn by yourself**: a lesson takes 20 to 30 minutes; the exercise tells you at once what is right and why.
# - **Teach a class**: project text and figures, move the lines together, discuss who went wrong where. Everybody has a different practice book, so answers cannot be copied.
# - **Use it on your own ledger**: hand your client ledger to the same tools and get back tiers and next month's contact plan.

# %% [markdown] tags=["zh"]
# ## 答案怎样保存
#
# 每选一次、每填一格，答案马上存到这台电脑的 `progress` 文件夹里，不上传。关掉浏览器、关机都不要紧，下次打开接着做。页面没有反应时，点上方“重新运行本页”，已填的答案还在。

# %% [markdown] tags=["en"]
# ## How answers are saved
#
# Whatever you choose or type is saved at once in the `progress` folder on this computer and sent nowhere. Close the browser or shut down whenever you like and go on next time. If a page stops responding, press “Run this page again” above: your answers are still there.

# %% [markdown] tags=["zh"]
# ## 用在自己的台账上
#
# 在命令行里（不在这个页面）运行，`台账.xlsx` 换成你的文件：
#
# ```
# crmkit book check 台账.xlsx
# crmkit tier 台账.xlsx
# crmkit plan 台账.xlsx --start 2026-07-01 --days 20 --minutes 240 -o 计划.xlsx --ics 计划.ics
# ```
#
# 依次是：检查台账有没有填错，给客户分层，排出 20 个交易日、每天 240 分钟的联系计划。屏幕上的姓名和电话都会打码。

# %% [markdown] tags=["en"]
# ## On your own ledger
#
# Run these on the command line (not on this page), with your file in place of `ledger.xlsx`:
#
# ```
# crmkit book check ledger.xlsx
# crmkit tier ledger.xlsx
# crmkit plan ledger.xlsx --start 2026-07-01 --days 20 --minutes 240 -o plan.xlsx --ics plan.ics
# ```
#
# In turn: check the ledger for mistakes, tier the clients, and plan contacts for 20 trading days of 240 minutes each. Names and phone numbers are masked on the screen.
