# %% [markdown] tags=["zh"]
# # 第 5 课　股票跌了：先听，再说，不预测
#
# 学完这一课，你能够：
#
# - 按亏损和性格，选**第一句话**
# - 把**预测**改成**事实**，把“肯定涨回来”改成“我们一起看看”
# - 帮客户算清他自己定的**止损价**
# - 月底三十位客户，分清**谁今天打、谁本周打、谁祝贺**
#
# 大约 30 分钟，随时可以停下。　[回到首页](lesson:00_start)　[English](twin:)

# %% [markdown] tags=["en"]
# # Lesson 5 · When it falls: listen, then speak, never forecast
#
# After this lesson you can:
#
# - choose your **first sentence** by loss and temper
# - turn **forecasts** into **facts**, and “it surely comes back” into “let us look together”
# - work out the **stop** a client has set
# - of thirty clients at month's end, tell **whom to call today, whom this week, whom to congratulate**
#
# About 30 minutes; stop whenever you like. · [Back to the start](lesson:00_start) · [中文](twin:)

# %% tags=["setup"]
from crmkit.plots.losses import gains_map, recovery_curve
from crmkit.widgets import Slider, Sliders, picture, start

# %% tags=["zh", "setup"]
lesson = start("zh", "l05")
lesson

# %% tags=["en", "setup"]
lesson = start("en", "l05")
lesson

# %% [markdown] tags=["zh"]
# ## 一、先热热身

# %% [markdown] tags=["en"]
# ## 1 To warm up

# %% tags=["widget"]
lesson.ask("l05-w1")

# %% tags=["widget"]
lesson.ask("l05-w2")

# %% tags=["widget"]
lesson.ask("l05-w3")

# %% [markdown] tags=["zh"]
# ## 二、跌了以后，电话响了又停
#
# 六月的最后一个下午，大盘又跌了。你看着手机，三位客户打来又挂掉，没有留言。
#
# 课件新客户的第二个问题就是它：客户的股票跌了怎么办？它给了五招：风险与收益共存、分析个股大盘、“大盘曲折向上”、止损止盈、“股神也有亏损”。有两招今天不能照着说，有一招要看时候。

# %% [markdown] tags=["en"]
# ## 2 It falls, and the phone rings and stops
#
# The last afternoon of June; the market is down again. Three clients have rung and hung up, without a message.
#
# This is the deck's second question about new clients: what to do when their shares fall. It has five tactics: risk and return go together; analyse the share and the market; “the market winds upwards”; stops and targets; “even Buffett has had losses”. Two of them may not be said today as they stand, and one has its time.

# %% tags=["widget"]
lesson.ask("l05-p1")

# %% [markdown] tags=["zh"]
# ## 三、三步：听，事实，下一步
#
# 做一遍给你看。刘先生，C3，亏了 16%。
#
# - **听**：“这个月不好过吧？您最担心哪一块？”——他说，怕下半年孩子的学费。
# - **事实**：“从买入到今天，这只基金跌了 16%，您的现金还有 8 万。”
# - **下一步**：“学费九月要用，周三上午我请投资顾问和您一起看看，行吗？”
#
# 没有一句说以后会怎样。

# %% [markdown] tags=["en"]
# ## 3 Three steps: listen, facts, next
#
# Watch it done once. Mr Liu, C3, is down 16 per cent.
#
# - **Listen**: “Not a good month. What worries you most?” His son's fees in the autumn, he says.
# - **Facts**: “Since you bought it the fund has fallen 16 per cent, and you have 80,000 in cash.”
# - **Next**: “The fees are due in September. May our adviser look at it with you on Wednesday morning?”
#
# Not a word on what it will do.

# %% tags=["widget"]
lesson.ask("l05-p7")

# %% tags=["widget"]
lesson.ask("l05-p2")

# %% [markdown] tags=["zh"]
# ## 四、跌多少，要涨多少
#
# 拖动滑块。跌 10% 要涨多少？跌一半呢？为什么曲线越往右越陡？
#
# 这不是吓人的图，是“先想好能亏多少”的图。

# %% [markdown] tags=["en"]
# ## 4 How much it takes to be back
#
# Move the slider. Down 10 per cent takes how much? Down by half? Why does the curve get steeper?
#
# The figure is not there to frighten but to show why the loss one can bear is settled beforehand.

# %% tags=["widget"]
Sliders(
    {"loss": Slider("l05.slider.loss", range(5, 66, 5), 20)},
    lambda loss: recovery_curve(loss / 100),
    name="recovery",
)

# %% tags=["widget"]
lesson.ask("l05-p3")

# %% [markdown] tags=["zh"]
# ## 五、线是他自己定的
#
# 课件说要“培养客户的止损与止盈观念”。观念可以培养，**线只能由客户自己定**：你帮他算、帮他记、到了提醒他看，不替他决定卖不卖。
#
# 拖一拖：止损 8%、止盈 16%，赚一次能抵亏几次？

# %% [markdown] tags=["en"]
# ## 5 The line is the client's own
#
# “Cultivate the idea of stops and targets,” says the deck. The idea you may cultivate; **the line is the client's to set**. You help to work it out, remember it, and call when it is reached; whether to sell is not yours.
#
# Move them: with a stop of 8 and a target of 16 per cent, how many losses does one gain make up for?

# %% tags=["widget"]
Sliders(
    {
        "price": Slider("l05.slider.price", (5, 8, 10, 12, 16, 20, 25, 50), 10),
        "stop": Slider("l05.slider.stop", range(4, 21, 2), 8),
        "take": Slider("l05.slider.take", range(4, 41, 4), 16),
    },
    say=lesson.practice.levels,
    name="stop_levels",
)

# %% tags=["widget"]
lesson.ask("l05-p4")

# %% tags=["widget"]
lesson.ask("l05-p6")

# %% [markdown] tags=["zh"]
# ## 六、改一条消息

# %% [markdown] tags=["en"]
# ## 6 Turn a message round

# %% tags=["widget"]
lesson.ask("l05-p5")

# %% [markdown] tags=["zh"]
# ## 七、三十位客户，几个小时
#
# 课件：明显亏损的主动电话或见面，明显盈利的可以短信祝贺。你的练习名单里，三十位客户长这样。横线以下是明显亏损；竖线右边这个月赚得多，可是有几位总账还在零以下。

# %% [markdown] tags=["en"]
# ## 7 Thirty clients, a few hours
#
# The deck: call or visit clients with clear losses, congratulate those with clear gains by text. Here are the thirty of your practice list. Below the line are clear losses; to the right of the upright line is a good month, and some of these are still below zero altogether.

# %% tags=["figure"]
picture(gains_map(lesson.practice.clients, lesson.practice.lines))

# %% [markdown] tags=["zh"]
# 三角最急：能承受的少，或者亏得太深。看金额排不出这张图：大账户跌 8%，亏的钱比小账户跌 40% 还多。

# %% [markdown] tags=["en"]
# The triangles come first: they can bear little, or have lost a great deal. Sums would not show it: a large account down 8 per cent loses more than a small one down 40.

# %% tags=["widget"]
lesson.ask("l05-c1")

# %% [markdown] tags=["zh"]
# ## 八、2010 年怎么写，今天怎么做
#
# | 2010 年的课件 | 今天 |
# |---|---|
# | 大盘是曲折向上的 | 确定性判断；改说“历史有涨有跌，我不能判断后市” |
# | 分析个股，一起寻找投资机会 | 事实可以讲，建议由投资顾问说 |
# | 培养止损止盈观念 | 照做；线由客户自己定 |
# | 股神也有亏损的时候 | 共情之后再说，开头说会伤人 |

# %% [markdown] tags=["en"]
# ## 8 What 2010 advised, and what holds today
#
# | The deck of 2010 | Today |
# |---|---|
# | The market winds upwards | certainty about the uncertain; say that history has both and what comes you cannot tell |
# | Analyse the share, look for chances together | facts you may tell, advice is the adviser's |
# | Cultivate stops and targets | still so; the client sets the line |
# | Even Buffett has had losses | after sympathy; at the start it hurts |

# %% [markdown] tags=["zh"]
# > **依据**：《证券法》第一百三十五条（2019 年修订）；《证券期货投资者适当性管理办法》第二十二条；《证券投资顾问业务暂行规定》。明显亏损、明显盈利的界线（15%、30%）是本课程的约定，课件没有给数。2026 年 11 月核对，后两项依据的是转载文本。

# %% [markdown] tags=["en"]
# > **Sources**: Securities Law, article 135 (revision of 2019); measures on investor suitability, article 22; provisional rules on investment advisers. The lines for clear losses and gains (15 and 30 per cent) are this course's own; the deck names no number. Checked in November 2026, the last two in secondary texts.

# %% [markdown] tags=["zh"]
# ## 九、带走三件事

# %% [markdown] tags=["en"]
# ## 9 Three things to take away

# %% tags=["widget"]
lesson.ask("l05-x1")

# %% tags=["widget"]
lesson.ask("l05-x2")

# %% tags=["widget"]
lesson.ask("l05-x3")

# %% [markdown] tags=["zh"]
# ## 小结
#
# 先听，再讲事实，最后约下一步；比例看轻重，总账看悲喜；以后会怎样，一个字都不说。
#
# **接下来：[做练习 E05a 和 E05b](exercise:05_falls)**，约 15 分钟。

# %% [markdown] tags=["en"]
# ## In short
#
# Listen, give facts, agree on the next step; shares tell how grave it is, the total whether to cheer; and not one word on what it will do.
#
# **Next: [exercises E05a and E05b](exercise:05_falls)**, about 15 minutes.

# %% [markdown] tags=["zh", "exercise"]
# # 练习 E05a、E05b　股票跌了
#
# 四道题，客户和数字来自你自己的练习名单。
#
# - 点“检查”马上知道对不对、错在哪里，可以反复改
# - 卡住了点“提示”，一共三步；检查三次之后可以看解答
#
# [回到第 5 课](lesson:05_falls)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "exercise"]
# # Exercises E05a and E05b · When it falls
#
# Four questions; clients and figures come from your own practice list.
#
# - Check tells you at once what is right and what is behind a mistake; change your answer as often as you like
# - Hint helps in three steps; after three checks the solution opens
#
# [Back to lesson 5](lesson:05_falls) · [Start](lesson:00_start)

# %% tags=["exercise", "setup"]
from crmkit.widgets import start

# %% tags=["zh", "unsolved", "setup"]
lesson = start("zh", "l05")
lesson

# %% tags=["en", "unsolved", "setup"]
lesson = start("en", "l05")
lesson

# %% tags=["zh", "solution", "setup"]
lesson = start("zh", "l05", solved_already=True)
lesson

# %% tags=["en", "solution", "setup"]
lesson = start("en", "l05", solved_already=True)
lesson

# %% [markdown] tags=["zh", "exercise"]
# ## 一、陈老师的电话

# %% [markdown] tags=["en", "exercise"]
# ## 1 A call to Ms Chen

# %% tags=["exercise", "widget"]
lesson.ask("e05a-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e05a-q1"))

# %% [markdown] tags=["zh", "exercise"]
# ## 二、五句预测，换成可以说的话

# %% [markdown] tags=["en", "exercise"]
# ## 2 Five forecasts, and what may be said

# %% tags=["exercise", "widget"]
lesson.ask("e05a-q2")

# %% tags=["exercise", "evidence"]
print(lesson.report("e05a-q2"))

# %% [markdown] tags=["zh", "exercise"]
# ## 三、他的线在哪里

# %% [markdown] tags=["en", "exercise"]
# ## 3 Where his line is

# %% tags=["exercise", "widget"]
lesson.ask("e05a-q3")

# %% tags=["exercise", "evidence"]
print(lesson.report("e05a-q3"))

# %% [markdown] tags=["zh", "exercise"]
# ## 四、月底的三十位

# %% [markdown] tags=["en", "exercise"]
# ## 4 Thirty at month's end

# %% tags=["exercise", "widget"]
lesson.ask("e05b-q1")

# %% tags=["exercise", "evidence"]
print(lesson.report("e05b-q1"))

# %% [markdown] tags=["zh", "solution"]
# 先看总盈亏，再看等级和深浅，最后看本月。金额大的账户跌一点也是一大笔钱，但不是这张表要找的人。

# %% [markdown] tags=["en", "solution"]
# First the total, then level and depth, and only then the month. A dip in a large account is a large sum, but not what this list is looking for.

# %% [markdown] tags=["zh", "unsolved"]
# ## 做完了
#
# 答案已经自动保存。回到[首页](lesson:00_start)可以看到进度；想对照做法，看[解答](solution:05_falls)。

# %% [markdown] tags=["en", "unsolved"]
# ## Done
#
# Your answers are saved. The [start page](lesson:00_start) shows how far you are; to compare, see [the solutions](solution:05_falls).

# %% [markdown] tags=["zh", "solution"]
# [回到练习](exercise:05_falls)　[首页](lesson:00_start)

# %% [markdown] tags=["en", "solution"]
# [Back to the exercise](exercise:05_falls) · [Start](lesson:00_start)
