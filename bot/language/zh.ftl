# Lector 的中文界面。各语言文件中的条目相同；见 bot/language/__init__.py。

## Courses

no-course-here = 本服务器没有对应的课程。请机器人的管理者在设置（`discord.guilds`）中填写本服务器。
no-course-known = 我不知道你在哪门课程里。请先在课程的服务器上使用一次我的命令，再回到这里。

## Errors

error-unknown = 我这边出错了。请稍后再问一次。
error-question-empty = 问题是空的：请用一句话提问，例如“什么是自注意力？”
error-question-long = 问题有 { NUMBER($characters, useGrouping: 0) } 个字符，最多 { NUMBER($longest, useGrouping: 0) } 个：请写短一些。
error-answer-empty = 答案是空的：请写点什么。
error-answer-long = 答案有 { NUMBER($characters, useGrouping: 0) } 个字符，最多 { NUMBER($longest, useGrouping: 0) } 个：请写短一些。
error-stalled = 有一步用时过久，已重新启动。请再问一次。
error-upload-kind = { $file }：这里不接受 { $kind } 类型的文件；请使用 { $kinds }。
error-upload-size = { $file } 大于 { $limit } MB。
error-upload-fetch = 无法从 Discord 取得 { $file }：请重新上传。
error-draft-long = 草稿有 { NUMBER($words, useGrouping: 0) } 个词，总结最多 { NUMBER($limit, useGrouping: 0) } 个词：请缩短。
error-draft-unreadable = 无法读取你的草稿：{ $why }
error-draft-empty = 草稿里没有句子：请给出总结的正文。
error-draft-far = 没有阅读材料与草稿中的任何句子相近：请指明它讨论的是哪一篇。
error-draft-nothing = 草稿里没有阅读材料可以印证的句子：请指明阅读材料，或多写一些。
error-no-reading = 没有阅读材料“{ $reading }”：`/readings` 会列出现有的材料。
error-nothing-indexed = 还没有收录任何阅读材料：请告诉教学人员。
error-week-without-readings = 第 { NUMBER($week, useGrouping: 0) } 周没有已收录的阅读材料。有材料的周：{ $weeks }。
error-quiz-rules-least = 测验至少允许作答一次，时间至少一秒。
error-quiz-ends-first = 测验会在开放之前关闭：请给出更晚的结束时间。
error-quiz-unknown = 没有这个测验：请从输入时出现的选项中选择。
error-quiz-ungraded = 简答题须先评分。
error-quiz-no-option = 这道题没有这个选项。
error-quiz-rules-fixed = 测验已发布：只能再更改关闭时间和反馈方式。
error-quiz-already = { $state ->
    [draft] 测验还是草稿。
    [approved] 测验已经批准。
    [published] 测验已经发布。
   *[closed] 测验已经关闭。
 }
error-quiz-items-wait = 还有 { $count } 道题等待审阅。
error-quiz-none-kept = 没有保留任何题目：请先添加再批准。
error-quiz-unapproved = 测验还是草稿：请先审阅题目并批准。
error-quiz-ends-now = 测验会立刻关闭：请给出更晚的结束时间。
error-quiz-not-published = 只有已发布的测验才能关闭。
error-quiz-items-fixed = 测验已发布或已关闭：题目只能更正或停用。
error-quiz-reason-needed = 请写明原因：学生可能会问成绩为何改变。
error-quiz-item-fixed = 已发布的题目不能改题型、题干和选项：请更正答案，或让它不计分。
error-item-letter = 正确选项是 A 到 { $last } 中的一个字母。
error-item-options = 请写至少两个选项，每行一个，并在正确的一个前面加 { $mark }。题目没有改动。
error-item-same-options = 有两个选项相同。题目没有改动。
error-item-many-options = 在 Discord 中一道题最多 { $most } 个选项，这道题有 { $has } 个：“{ $stem }”。
error-item-long = 题目超过 Discord 一条消息的长度（{ NUMBER($most, useGrouping: 0) } 个字符）：请缩短“{ $stem }”。
error-time-passed = { $time } 已经过去（课程时钟为 { $zone }）。
error-time-unreadable = 无法识别时间“{ $time }”：请写成 2024-03-05 18:00（按 { $zone } 的时钟），或从现在起的 +3d、+2h、+30m。
error-corpus-busy = { $who } 正在更改阅读材料（{ $title }）：请等它结束。
error-corpus-no-reading = 语料中没有阅读材料“{ $reading }”：请输入其标题并选择。
error-corpus-no-id = 请给出 arXiv 编号或链接；文件请用 `/corpus upload` 添加。
error-change-lost = 更改没有给出结果：请再试一次。
error-change-cut = 更改意外中断：`/corpus sync` 会完成已开始的部分。
error-endorsed-withdrawn = 第 { $number } 条回答已经撤回。
error-endorsed-unknown = 没有第 { $number } 条已认可的回答：`/endorsed list` 会列出它们。
error-endorsed-shown = 第 { $number } 条回答没有被撤回。
error-corpus-no-edit = 没有第 { $number } 次更改：`/corpus history` 会列出已有的更改。
error-corpus-same = 无需更改：阅读材料已经是这样。
error-corpus-no-entry = “{ $reading }”不在列表中，也不是可以移除的文件。
error-corpus-no-source = “{ $source }”不是 arXiv 编号或链接（例如 1706.03762v7）。
error-quiz-other-s = 这不是你的作答。
error-quiz-attempts-used = 你在这次测验中的 { $attempts } 次作答机会已经用完。
error-quiz-finished = 这次作答已经提交，答案不能再改。
error-quiz-unfinished = 这次作答还没有提交。
error-quiz-not-shown-yet = 提交并等测验关闭之后才会显示正确答案。
error-quiz-not-yours = 这不是你的作答：请按“开始”开始你自己的。
error-quiz-still-open = 测验还在进行：关闭之后才能练习其中的题目。
error-quiz-not-practised = 这不是你在练习的题目：`/quiz me` 会给你一些。
error-quiz-no-item = 测验没有第 { $number } 题。
error-quiz-no-page = 这道题没有对应的页面。
error-quiz-closed = 这次测验已经关闭。
error-quiz-opens = 这次测验将于 <t:{ NUMBER($moment, useGrouping: 0) }:f> 开放。
error-quiz-not-open = 这次测验没有开放。
error-quiz-too-late = 时间已于 <t:{ NUMBER($moment, useGrouping: 0) }:T> 结束，这个答案不计。{ $answers ->
    [0] 之前没有作答。
   *[other] 之前的 { $answers } 个答案已保存。
 }
staff-only = 只有 { $roles } 可以这样做。
staff-nobody = 目前没有人可以在 Discord 里这样做：请机器人的管理者在 `discord.staff_roles` 中填写身份组。

## Pages

page-see = [{ $n }] 查看第 { $page } 页
page-see-section = [{ $n }] 查看“{ $section }”
page-marked = 第 { $page } 页，共 { $count } 页。引文已用黄色标出。
page-partly-marked = 第 { $page } 页，共 { $count } 页。能找到的引文部分已用黄色标出。
page-not-found = 第 { $page } 页，共 { $count } 页。没有标记：在这一页上找不到引文的原话。
page-elsewhere = 第 { $page } 页，共 { $count } 页。引文在第 { $home } 页。
page-back = 回到引文
page-alt = 《{ $title }》第 { $page } 页。
page-alt-marked = 《{ $title }》第 { $page } 页，标出的文字是：{ $quote }
page-reading-gone = 这份材料已不在课程阅读材料之中。当时引用的文字：
page-no-picture = 这里无法显示这一页的图片。其文字为：
answer-nearest = -# 我找到的最接近的内容，不一定回答了这个问题：
answer-gone = 这个回答已不再保存。请重新提问。

## Answers of persons

endorsed-note = 这是老师或助教的回答，并非出自阅读材料。{ $who }，所答问题：*{ $question }*
endorsed-by = { $who } 于 { $day } 认可{ $others ->
    [yes] （{ $author } 的原话）
   *[no] { "" }
 }
endorsed-delivered = 你的问题 *{ $question }* 已有回答。{ $who }：
endorsed-withdrawn-shown = 此处原先对 *{ $question }* 的回答已被教学人员撤回。

## Feedback

vote-up = 谢谢，你的 👍 已计入。再按一次可撤回。
vote-down = 谢谢，你的 👎 已计入。再按一次可撤回。你可以说明这条回答有什么问题，也可以用回答下方的“**问真人**”把问题发给教学人员。
vote-taken-back = 已撤回你的评价。
why-button = 说明原因
why-title = 这条回答有什么问题？
why-reason = 这条回答
why-wrong = 有错误
why-missing = 没有回答我的问题
why-unclear = 不清楚
why-note = 用你自己的话说
why-who-reads = 教学人员会看到，但看不到你的名字。
why-thanks = 谢谢。教学人员会看到。

## Questions for a person

person-button = 问真人
person-title = 问真人
person-note = 还有什么要补充？
person-who-sees = 教学人员会看到**你的名字**、问题、我找到的内容，以及我的回答的链接。
person-who-sees-private = 你是私下提问的。教学人员会看到**你的名字**、问题和我找到的内容，但没有指向这里的链接；回答会以私信发给你。
person-sent = 已连同你的名字发给教学人员（{ $channel }）。有回答时会通知你。
person-sent-already = 这个问题已经发给教学人员了，回答会出现在这里。
person-too-many = 你在 24 小时内发给教学人员的问题已达上限。请直接联系他们，或明天再来。
person-no-channel = 本课程还没有向教学人员提问的频道，无法转交。请你直接联系他们。
person-cannot-post = 我无法在教学人员的频道中发言，你的问题**没有**发出。我已通知管理者；请你直接联系教学人员。
person-post-head = **有学生想问真人。** { $asker } 对[我的回答]({ $link })不满意：
person-post-head-private = **有学生想问真人。** { $asker } 私下提问：
person-post-found = 我找到的内容：
person-post-nothing = 我在阅读材料和教学大纲中没有找到答案。
person-post-how = 请按下面的按钮；或在此处或子区中回复，然后在你的回复的菜单中选择“应用 → Endorse”。学生会收到回答，以后问同样问题的人也会看到。
notice-no-staff-channel = 有学生想问真人，但没有设置相应的频道。请把频道的编号写进设置 `discord.staff_channel`。
notice-staff-channel = 有学生想问真人，但我无法在 { $channel }（`discord.staff_channel`）中发言。请让我的身份组可以查看该频道并发送消息。

## Endorsing

answer-button = 回答并认可
endorse-title = 认可这条回答
endorse-edit-title = 修改已认可的回答
endorse-question = 问题（须能独立理解）
endorse-text = 学生将看到的回答
endorse-shown-as = 会连同你的名字展示给问这个问题的人。
endorse-own-words = 这是机器人的话。请认可人写的消息。
endorse-no-text = 这条消息没有我能读取的文字。请认可有文字的消息。
endorsed-done = 已认可，编号 { $number }。{ $told }
endorsed-told-public = 已通知学生：{ $link }
endorsed-told-private = 已用私信通知学生。
endorsed-told-nobody = **无法**通知学生：频道已不存在，或对方不接收私信。请你转告。
endorsed-nobody-asked = 现在不通知任何人；以后问这个问题的人会看到。
endorsed-changed = 回答 { $number } 已修改，现在是第 { $version } 版。
endorsed-changed-withdrawn = 第 { $number } 条回答已更改，现为第 { $version } 版，但仍处于撤回状态：`/endorsed restore` 可重新显示。
endorsed-withdrawn = 回答 { $number } 已撤回，不再展示。
endorsed-change-unseen = 提问者看不到这一变化：显示该回答的消息已不存在。
endorsed-restored = 第 { $number } 条回答重新显示，由你认可。
endorsed-none = 还没有认可的回答。请在消息的菜单中选择“应用 → Endorse”。
endorsed-list-head = **已认可的回答**，第 { $page } 页，共 { $pages } 页
endorsed-state-active = 展示中
endorsed-state-withdrawn = 已撤回
endorsed-versions = 各版本
person-question-gone = 提问者已删除这个问题：不再需要回答。
person-post-answered = ✅ 回答 { $number }，由 { $who } 认可。{ $link }

## The course at hand

plan-missing = 本课程还没有教学大纲。请询问教学人员。
plan-damaged = 目前无法读取本课程的教学大纲。教学人员可用 `lector syllabus show` 查看原因。
plan-undated = 教学大纲没有给出日期。请按周次查询，例如 `/week 1`。
plan-no-weeks = 教学大纲没有周次，也没有可据以计算周次的日期。
plan-not-begun = 课程尚未开始。第一天是{ $day }。
plan-over = 课程已经结束。最后一天是{ $day }。
card-more = …… 还有 { $lines } 行。
zone-note = 课程所在地（{ $zone }）今天是{ $day }。
day-today = 今天
days-ahead = { $days ->
    [1] 明天
   *[other] { $days } 天后
}
days-ago = { $days ->
    [1] 昨天
   *[other] { $days } 天前
}
week-title = 第 { $week } 周
week-of = 本周
week-counted = 周次从第一次课算起：教学大纲本身没有编号。
week-nothing = 本周没有安排。
week-unknown = 教学大纲没有第 { $week } 周，只有第 { $weeks } 周。
week-off = 前后两周之间停课：{ $entries }。
today-title = 今天，{ $day }
today-nothing = 今天没有安排。
label-off = 停课
label-speaker = 主讲：
label-place = 地点：
label-reading = 阅读：
label-due = 截止：
label-next-class = **下次课：**
label-next-due = **下次截止：**
deadlines-title = 截止日期
deadlines-none = 教学大纲没有列出需要提交的内容。
deadlines-past = 已没有待提交的内容。过去的有：
grading-title = 成绩构成
grading-none = 教学大纲没有说明成绩构成。
readings-title = 阅读材料
readings-none = 本课程还没有阅读材料。
readings-any-week = 不限周次
readings-none-in-week = 教学大纲在第 { $week } 周没有列出阅读材料。
readings-no-week = 教学大纲没有第 { $week } 周，也没有该周的阅读材料。
reading-required = 必读
reading-optional = 延伸阅读
reading-handout = 课程讲义
reading-pages = { $pages } 页
reading-abstract = 摘自其摘要
reading-abstract-page = 摘自其摘要，第 { $page } 页
reading-begins = 其开头
reading-begins-page = 其开头，第 { $page } 页
reading-no-abstract = 文件中没有找到摘要。
reading-ask = 就它提问：/ask … reading:{ $id }
reading-unknown = 没有名为“{ $name }”的阅读材料。用 `/readings` 查看全部。
reading-maybe = 你是指 { $titles } 吗？
reading-which = 可能是以下几份：{ $titles }。请多写几个标题中的词，或写编号。
who-title = 人员
who-nobody = 教学大纲没有提到任何人。
who-unknown = 教学大纲没有提到“{ $name }”。提到的有：{ $names }。

## Channels and weeks

channel-tied = 本频道现在对应第 { $week } 周：回答时优先采用该周的 { $readings } 份阅读材料。
channel-untied = 本频道的提问重新针对全部阅读材料。
channel-none = 没有频道与某一周对应。
channel-no-readings = 第 { $week } 周没有已索引的阅读材料，因此无可优先。用 `/readings` 查看哪些周有材料。

## Help and privacy

help-intro = 我根据阅读材料和教学大纲回答有关 **{ $course }** 的问题，每句话都附有出处页码。材料没有说的，我也不说。
help-staff = 教学人员的命令
help-menu = 消息菜单“应用”中的*{ $name }*
help-more = 我保存了你的哪些信息：/privacy show
hint-first-time = 第一次使用？用 `/ask` 提问，用 `/deadlines` 查看截止日期；`/help` 列出全部。我保存你的哪些信息：`/privacy show`。
privacy-title = 保存的信息
privacy-intro = 关于 **{ $course }** 的成员，我只保存以下信息：
privacy-count = **（其中 { $count } 条与你有关。）**
privacy-footer = /privacy export 给你一份文件，/privacy delete 将其删除。
privacy-nothing = 本课程没有保存任何与你有关的信息。
privacy-exported = 本课程保存的与你有关的全部信息：
privacy-ask = 要删除本课程保存的与你有关的全部信息吗？提醒也会随之取消。会保留的有：
privacy-button = 删除
privacy-not-yours = 这个按钮是别人的。
privacy-deleted = 已删除。再次使用我时，会重新保存 `/privacy show` 所列的信息。
privacy-members = 你上次在哪个服务器、何时使用我，以便在私信中知道你的课程。
privacy-hints = 你看过哪些提示，以便每条只显示一次。
privacy-answers = 已回答的问题和答案（供按钮使用），不记录提问者。无法按人查找，因此会保留。
privacy-edits = 教学人员对阅读材料的更改及其姓名：这是课程的记录，会保留。

## Reminders

remind-title = 提醒
remind-on = 提醒**已开启**：我会私信你，只有你能看到。用 `/remind off` 关闭。
remind-off = 提醒**已关闭**。用 `/remind me` 开启。
remind-when = 提醒在课程所在地（{ $zone }）的 { $time } 发送：截止前 { $days }。
remind-ahead = { $days } 天
remind-hello = 我会在这里提醒你 **{ $course }** 的截止日期。用 `/remind off` 关闭。
remind-message = **{ $course }**：即将截止
remind-moved = （此前通知的是{ $day }：教学大纲有变动）
remind-stopped = 不再提醒。
remind-none = 提醒本来就是关闭的。
remind-closed = 我无法私信你。请在服务器菜单的“隐私设置”中允许私信，然后再次使用 `/remind me`。目前没有开启。
remind-not-delivered = 有一条提醒没能送达：Discord 不允许我私信你。提醒现已关闭。请允许来自本服务器成员的私信，然后再次使用 `/remind me`。
deadlines-none-ahead = 教学大纲中没有尚待提交的内容。
privacy-reminders = 你需要提醒、使用哪种语言、从何时起，直到你关闭提醒。
privacy-reminders-sent = 已给你发送过哪些提醒，以免重复发送，保留到截止日期后 30 天。

## Calendar file

ics-here = 这是本课程的日历文件，用你的日历程序打开即可。教学大纲变动后请重新获取，变动的内容会随之更新。
ics-undated = 教学大纲没有给出日期，因此没有日历内容。

## Checking a draft

check-window = 检查草稿
check-window-text = 你的总结（最多 4,000 个字符）
check-head = 已将 { $count } 句话与 **{ $title }**（`{ $id }`）对照。
check-nearest = 你没有指明阅读材料：这是最接近的一份。可用 `reading` 指定另一份。
check-in-file = 其中 { $faults } 句没有得到材料支持；文件中说明了是哪些、为什么。
check-others = 其余 { $count } 句没有发现问题。
check-no-others = 其他句子无法检查。
check-nothing-wrong = 没有发现问题。
check-missing = 草稿没有谈到的章节：
check-passage = 最接近的段落，
check-page = 第 { $page } 页
check-caution-meanings = *对照了词语和数字，含义由模型判断：修改之前请先读原文。你的草稿不会被保存。*
check-caution = *对照的是词语和数字，而不是含义：修改之前请先读原文。你的草稿不会被保存。*
check-number-contradicted = 数字不符
check-number-not-found = 找不到该数字
check-name-not-found = 找不到该名称
check-contradicted = 与原文相反
check-not-supported = 没有依据
comma = 、
semicolon = ；
ground-nothing-near = 材料中没有与之足够接近的内容
ground-stands-nowhere = 材料中没有出现 { $what }
ground-stands-elsewhere = { $what } 出现在别的句子里（{ $places }{ $more ->
    [yes] 等处
   *[no] { "" }
 }）
ground-nearest-has = 最接近的句子里是 { $what }
ground-opposite = 有一句用词相同而意思相反（就词语来看）
ground-denied = 按蕴含模型的判断，这句话否定了它
ground-not-entailed = 按蕴含模型的判断，从最接近的句子推不出它

## Refusals (in English as rag/assistant.py says them)

refused-unknown-week = 教学大纲没有第 { $week } 周。请询问教学人员。
refused-unmentioned = 教学大纲没有提到“{ $matter }”。请询问教学人员。
refused-unknown-work = 我所知的阅读材料中没有叫“{ $work }”的。请询问教学人员。
refused-not-covered = 课程的阅读材料没有说明这一点。请询问教学人员。
refused-not-covered-title = 课程的阅读材料没有说明这一点。我找到的最接近的是“{ $title }”。请询问教学人员。
refused-not-covered-page = 课程的阅读材料没有说明这一点。我找到的最接近的是“{ $title }”，第 { $page } 页。请询问教学人员。
refused-which-reading = 我不知道您指的是哪一篇阅读材料。请在问题中写明，例如“LoRA 论文”，或者在对应周的频道里提问。
refused-nowhere = 课程的阅读材料和教学大纲都没有说明这一点。请询问教学人员。
refused-graded = 我不代做计分的作业，不透露测验答案，也不掩饰文字的来源。我只回答有关课程阅读材料和课程安排的问题。
refused-personal = 我不了解、也不能透露任何人的成绩或私事。我只回答有关课程阅读材料和课程安排的问题。
refused-instructions = 无论消息怎么说，我都只做分内的事。我只回答有关课程阅读材料和课程安排的问题。
refused-action = 我只能查找内容，不能代你做事。我只回答有关课程阅读材料和课程安排的问题。
refused-not-in-syllabus = 教学大纲没有说明这一点。请询问教学人员。
refused-no-question = 我没有看到问题。我只回答有关课程阅读材料和课程安排的问题。
refused-other-language = 阅读材料是英文的，我只能理解英文问题。我只回答有关课程阅读材料和课程安排的问题。
refused-off-course = 这与本课程无关。我只回答有关课程阅读材料和课程安排的问题。

## What the syllabus lookup says in words of its own; days are ISO dates
note-lists = { $when ->
    [there] 在那里
    [onwards] 从 { $from } 起
    [day] 在 { $from }{ " " }
   *[span] 在 { $from } 至 { $to } 期间
 }{ $matter ->
    [due] 没有列出任何截止事项
    [reading] 没有列出阅读材料
    [speaker] 没有写明主讲人
    [exam] 没有列出考试、测试或测验
    [break] 没有列出假期
    [class] 没有列出课
   *[anything] 没有列出任何内容
 }
note-dates = { $dated ->
    [yes] （{ $first } 至 { $last }）
   *[no] { "" }
 }
note-counted-week = 第 { $week } 周（从第一次课算起）：{ $first } 至 { $last }。
note-lists-no = 教学大纲{ note-lists }。
note-runs = 课程安排从 { $first } 到 { $last }：{ note-lists }。
note-undated = 教学大纲的安排没有写明日期：请按周提问，例如第 1 周。
note-classes = 课程安排列出了 { $count } 次课{ note-dates }。
note-numbered-weeks = 课程安排的周次从 { $least } 到 { $most }{ note-dates }。
note-weeks = 课程安排共 { $count } 周，从第一次课算起{ note-dates }。
note-no-speaker = 教学大纲没有写明这一项的主讲人：
brackets = （{ $text }）
days = { $span ->
    [day] { $first }
   *[span] { $first } 至 { $last }
 }{ $counted ->
    [today] ，今天
    [ahead] ，{ $away } 天后
    [past] ，{ $away } 天前
   *[no] { "" }
 }

## More of what is stored

privacy-waiting = 你正在等待回答的提问，回答后即删除。
privacy-turns = 你的提问及其回答，供追问使用，过期后删除。
privacy-votes = 你对回答的评价及理由。
privacy-practice = 你在练习哪些测验题、各题何时再出现，以及你是否希望收到提醒。
privacy-attempts = 你的测验作答：属于评分作业，会保留。
privacy-quiz-events = 教学人员对测验所做的操作及其姓名：课程记录，会保留。
privacy-persons = 你向教学人员提出的问题，以及你补充的内容。
privacy-endorsed = 你为大家撰写或认可的回答及你的姓名：这是课程的记录，会保留。教学人员可以撤回回答。
## Quizzes: taking one

quiz-position = **{ $title }** · 第 { $number } 题，共 { $of } 题 · 已答 { $answered } 题
quiz-ends = { $when }截止
quiz-so-far = 你目前的答案：{ $answer }
quiz-how-choice = 请按答案的字母。
quiz-how-truth = 请选择正确或错误。
quiz-how-number = 请写一个数。
quiz-how-number-in = 请写一个数，单位：{ $unit }。
quiz-how-cloze = 请写出空格中的词语。
quiz-how-short = 请写一两句话。
quiz-true = 正确
quiz-false = 错误
quiz-form-title = 第 { $number } 题，共 { $of } 题
quiz-form-answer = 你的答案
quiz-form-question = 你的问题
quiz-button-start = 开始
quiz-button-result = 我的成绩
quiz-button-write = 填写答案
quiz-button-rewrite = 修改答案
quiz-button-hand-in = 交卷……
quiz-button-hand-in-now = 交卷
quiz-button-back = 回到第 { $number } 题
quiz-button-next = 下一题
quiz-hand-in-missing = 尚未作答：第 { $items } 题。未作答的题不得分。已答的都已保存，也可以稍后继续。
quiz-hand-in-all = 所有题目都已作答。交卷之前仍可返回修改，交卷之后不能再改。
quiz-hand-in-fixed = 所有题目都已作答。交卷后可以看到分数。
quiz-first-stands = 这道题你已经答过：以第一次的答案为准。
quiz-rule-items = { $count } 题
quiz-rule-attempts = 可答 { $count } 次
quiz-rule-limit = 每次 { $minutes } 分钟
quiz-rule-no-limit = 不限时
quiz-rule-at-once = 每答一题后即可看到正确答案
quiz-rule-after = 测验结束后可以看到分数和正确答案
quiz-closes = 结束时间：{ $when }
quiz-closed = 本次测验已结束。

## Quizzes: afterwards

quiz-right = 正确
quiz-wrong = 不正确
quiz-partly = 部分正确
quiz-unanswered = 未作答
quiz-provisional = 这个答案将由教学人员查看
quiz-void = 此题不计分
quiz-your-answer = 你的答案：{ $answer }
quiz-right-answer = 正确答案：**{ $answer }**
quiz-item-of = 第 { $number } 题
quiz-handed-in = **{ $title }** 已交卷：共 { $of } 题，已答 { $answered } 题，全部已保存。测验结束后可以看到分数和正确答案（`/quiz mine`）。
quiz-score = **{ $title }**：**{ $percent }%**（{ $passed }）
quiz-passed = 高于 { $percent }%
quiz-not-passed = 未高于 { $percent }%
quiz-score-provisional = ⏳ 部分答案将由教学人员查看，分数可能还会变化。
quiz-button-items = 逐题查看
quiz-button-list = 列表
quiz-button-see = 查看原页
quiz-button-ask = 就此题提问
quiz-mine-head = 你的测验（从新到旧）：
quiz-mine-none = 你还没有参加过测验。请在测验消息下面按“开始”。
quiz-mine-running = 进行中：已答 { $answered } 题，共 { $of } 题
quiz-mine-later = 已交卷；测验结束后可以看到分数

## Quizzes: the staff's side

quiz-key = ✔ **{ $answer }**
quiz-accepted = 也算正确：{ $forms }
quiz-rubric = 答案必须说到：
quiz-no-evidence = 没有注明材料中的出处。
quiz-review-head = **{ $title }** · 第 { $number } 题，共 { $of } 题 · { $said }
    -# 保留 { $kept } 题 · 去掉 { $dropped } 题 · 待审 { $waiting } 题
quiz-review-waiting = **{ $title }**：还有 { $count } 题等你审阅。
quiz-review-done = **{ $title }**：全部审阅完毕，将考 { $count } 题。用 `/quiz publish` 发布给学生。
quiz-review-empty = **{ $title }**：所有题目都已去掉。可用 `/quiz draft` 或 `/quiz import` 另做一份。
quiz-said-pending = 未审阅
quiz-said-kept = 保留
quiz-said-edited = 修改后保留
quiz-said-dropped = 去掉
quiz-kind-choice = 选择题
quiz-kind-true-false = 判断题
quiz-kind-numeric = 数值题
quiz-kind-cloze = 填空题
quiz-kind-short = 简答题
quiz-button-keep = ✅ 保留
quiz-button-edit = ✏️ 修改
quiz-button-another = 🔁 换一题
quiz-button-drop = ❌ 去掉
quiz-button-review = 审阅
quiz-form-edit = 修改第 { $number } 题
quiz-field-stem = 题目
quiz-field-options = 选项，每行一个，正确的前面加 *
quiz-field-answer-true-false = 正确答案：true 或 false
quiz-field-answer-numeric = 正确的数
quiz-field-answer-cloze = 空格中的词语
quiz-field-answer-short = 参考答案
quiz-field-tolerance = 允许的误差
quiz-field-unit = 单位
quiz-field-accepted = 其他正确写法，每行一个
quiz-field-rubric = 必须说到的要点，每行一个
quiz-field-explanation = 解释（作答之后显示）
quiz-field-letter = 正确选项的字母，A 到 { $last }
quiz-field-why = 理由（会记入日志）
quiz-title-week = 第 { $week } 周测验
quiz-drafting = 正在出题：{ $what }
quiz-drafting-items = 正在出题：已有 { $done } 题，共 { $of } 题
quiz-drafting-counted = 正在出题：{ $what }（{ $done }/{ $of }）
quiz-weekly-drafted = 第 { $week } 周的测验已拟好：{ $count } 题等你审阅（`/quiz review`）。在你发布之前不会公开任何内容。{ $short }
quiz-weekly-failed = 第 { $week } 周的测验未能拟出：{ $why }
quiz-no-drafting = 这里无法出题。请用 `/quiz import` 导入你自己写的题目。
quiz-no-other = 无法从这些材料中再出别的题。
quiz-published-now = 已发布在 { $channel }。
quiz-published-later = 将于 { $when } 在 { $channel } 开放，届时发出消息。
quiz-cannot-post = 测验已发布，但我不能在 { $channel } 中发消息。请给我权限，消息会在一分钟内发出。
quiz-closed-now = **{ $title }** 已结束。学生现在可以看到分数和正确答案。
quiz-list-head = 测验（从新到旧）：
quiz-list-none = 还没有测验。`/quiz draft` 按某周的材料出题，`/quiz import` 导入你自己写的题目。
quiz-list-more = ……还有更早的 { $count } 份
quiz-list-waiting = 待审 { $count } 题
quiz-state-draft = 草稿
quiz-state-approved = 已审阅
quiz-state-published = 已发布
quiz-state-closed = 已结束

## Quizzes: results

quiz-results-head = **{ $title }**：{ $finished } 人已完成，{ $running } 人还在作答 · 平均 { $mean } · { $passed } 人高于 { $percent }%
quiz-results-none = 还没有人完成。
quiz-results-attempts = { $count } 次
quiz-results-provisional = 暂定
quiz-results-more = ……其余 { $count } 人见 CSV
quiz-results-alt = “{ $title }”的分数分布，以及每题得分的比例。
quiz-button-figures = 逐题查看
quiz-button-confirm = 待确认的答案
quiz-button-retire = 停用 { $count } 道有疑问的题
quiz-button-retire-one = 停用
quiz-button-key = 更正答案
quiz-button-void = 不计分
quiz-button-count = 恢复计分
quiz-button-table = 成绩表
quiz-button-right = 正确
quiz-button-half = 一半
quiz-button-wrong = 错误
quiz-form-key = 第 { $number } 题：正确答案
quiz-form-void = 第 { $number } 题不计分
quiz-form-count = 第 { $number } 题恢复计分
quiz-figures-head = **{ $title }** · 第 { $number } 题，共 { $of } 题
quiz-figures-void = ➖ 此题不计分。
quiz-figures-retired = 🗄 已停用：{ $why }
quiz-figures-line = { $answers } 人作答 · 得分率 { $won } · 区分度 { $told } · 每人 { $seconds }
quiz-figures-chosen = 选择：{ $options }
quiz-regraded = 重新评分 { $answers } 份答案：{ $up } 份得分提高，{ $down } 份降低。所有分数随之更新。
quiz-waiting-head = 有 { $count } 个答案等教学人员查看。
quiz-waiting-none = 没有等待查看的答案。
quiz-waiting-answer = { $who } 写道：
quiz-waiting-grade = 目前得 { $credit } 分。{ $why }
quiz-waiting-ungraded = 尚未评分。

## Practice

card-head = 练习，不计分 · 到期 { $due } 题
card-how-short = 先在心里作答，再看答案。
card-none = 目前没有到期的题。{ $every ->
    [0] `/quiz me` 可以给你题目练习。
   *[other] 你在练习 { $every } 题，到时会再出现（`/review`）。
 }
card-nothing-new = 目前没有新的题可练：题目来自已结束的测验。
card-nothing-new-drafting = 已结束的测验中没有新的题可练。请指定一份材料，我来出题：`/quiz me reading:…`
card-unreviewed = 根据这份材料新出的题，尚无人审阅。
card-comes-back = { $when }再出现。
card-late = 这道题你已经答过：没有重复计算。
card-button-next = 下一题
card-button-show = 显示答案
card-button-knew = 我答对了
card-button-did-not = 我没答对
card-reminders-on = 有题到期时我会私信告诉你，每天最多一次。
card-reminders-off = 有题到期时我不再告诉你。
card-reminder = { $course } 的练习有 { $due } 题到期：在这里或服务器上使用 `/review`。`/review remind:False` 可停止这些消息。

## Commands (their English stands in the code)

command-ask = 就课程阅读材料或教学大纲提问
command-ask-question = 用一句话提问
command-ask-reading = 所问的阅读材料；输入标题可查找
command-ask-private = 是否只有你能看到回答

command-corpus = 课程阅读材料（仅限教学人员）
command-corpus-add = 从 arXiv 添加论文，或换成另一版本
command-corpus-add-source = arXiv 编号或链接，例如 1706.03762v7
command-corpus-add-week = 在第几周讨论
command-corpus-add-required = 是否必读
command-corpus-add-title = 标题；不填则用 arXiv 的
command-corpus-upload = 添加文件：PDF、Markdown、HTML 或纯文本
command-corpus-upload-file = 阅读材料
command-corpus-upload-week = 在第几周讨论
command-corpus-upload-required = 是否必读
command-corpus-upload-title = 标题；不填则用文件名
command-corpus-upload-replace = 是否替换同名的材料
command-corpus-update = 从 arXiv 取论文的最新版本
command-corpus-update-reading = arXiv 编号
command-corpus-remove = 移除一份材料；/corpus rollback 可以恢复
command-corpus-remove-reading = 编号；输入标题可查找
command-corpus-sync = 使索引与材料文件夹一致
command-corpus-rollback = 把材料恢复到某次更改之后的样子
command-corpus-rollback-number = 更改的编号，见 /corpus history
command-corpus-list = 已索引的材料，按周排列
command-corpus-history = 谁在何时怎样更改了材料

command-syllabus = 课程计划（仅限教学人员）
command-syllabus-upload = 换上新的教学大纲；先显示会有哪些变化
command-syllabus-upload-file = Markdown、HTML、PDF 或纯文本

command-endorsed = 教学人员认可的回答（仅限教学人员）
command-endorsed-list = 列出已认可的回答，新的在前
command-endorsed-list-page = 第几页
command-endorsed-show = 显示一条回答及其各版本
command-endorsed-show-number = 编号；输入问题可查找
command-endorsed-edit = 修改一条回答；旧版本会保留
command-endorsed-edit-number = 编号；输入问题可查找
command-endorsed-restore = 重新显示已撤回的回答
command-endorsed-restore-number = 回答的编号；输入问题可查找
command-endorsed-withdraw = 撤回一条回答，不再展示
command-endorsed-withdraw-number = 编号；输入问题可查找

## 提问

asking-reading = -# 正在阅读……
asking-waiting = -# 前面还有 { $ahead } 个问题，大约 { $seconds } 秒。
asking-growing = -# ……还没说完
asking-final = -# ✓ 回答完毕
asking-again = 抱歉，我这边出错了，正在再试一次……
asking-failed = 抱歉，我试了两次都没能回答。请稍后再问，或者请教课程的老师或助教。
asking-cancel = 取消
asking-cancelled = 已取消。
asking-cancel-other = 只有提问者可以取消。
asking-over = 这个问题已不在回答中。
asking-full = 现在排队的问题太多了。请 { $when } 再来。
asking-one-waiting = 你已有一个问题在排队。请 { $when } 再问这个。
asking-rate = 问得太快了，我来不及回答。请 { $when } 再问。
asking-late = 这个问题等了超过 { $minutes } 分钟，太久了。请再问一次。
asking-away = 你提问时我不在线。如果还想知道，请再问一次。
asking-empty = 请用一句话提问，例如“什么是自注意力？”
asking-not-a-question = 那条消息里没有我能读的内容。
asking-discuss = 讨论
asking-discuss-here = 请在这里继续提问：提到我，或者回复我。上面的内容我都记得。
asking-discuss-there = 请到 { $thread } 继续。
asking-discuss-direct = 这里只有我们两人：直接继续写就行，我记得我的回答。
asking-discuss-forbidden = 我在这里不能开子区。请直接回复我的回答，我记得内容。
staff-no-messages = 我不能在 { $channel } 发言：请允许我查看该频道并发送消息。在此之前，我会私下回答在那里提问的人。
staff-no-threads = 我不能在 { $channel } 开子区：请允许我创建公共子区。在此之前，学生可以用回复继续。
staff-no-thread-messages = 我可以在 { $channel } 开子区，但不能在其中发言：请允许我在该处的子区中发送消息。在此之前，学生可以用回复继续。
staff-no-files = 我不能在 { $channel } 附加文件：请允许我在该处附加文件。在此之前，页面图片以文字代替，其他文件用私信发送。
files-from-server = 你在我不能附加文件的地方要了这些文件。
files-privately = 我不能在这里附加文件：文件已发到[你的私信](<{ $link }>)里。
files-nowhere = 我不能在这里附加文件，也不能给你发私信：请在私信里向我索取，或允许本服务器成员的私信后再试一次。
command-week = 某一周的安排：课程、阅读、截止日期
command-week-n = 第几周；不填则为本周
command-week-share = 是否让频道里的所有人看到
command-today = 今天的安排，以及接下来的课程和截止日期
command-today-share = 是否让频道里的所有人看到
command-deadlines = 接下来要提交的内容
command-deadlines-share = 是否让频道里的所有人看到
command-grading = 成绩构成
command-grading-share = 是否让频道里的所有人看到
command-readings = 全部或某一周的阅读材料
command-readings-week = 第几周；不填则为全部
command-readings-share = 是否让频道里的所有人看到
command-reading = 一份阅读材料：作者、周次、摘要、链接
command-reading-name = 标题中的几个词、编号或链接
command-reading-share = 是否让频道里的所有人看到
command-who = 教学大纲中的人：教学人员和主讲人
command-who-name = 姓名；不填则列出所有人
command-who-share = 是否让频道里的所有人看到

command-channel = 频道对应哪一周（仅限教学人员）
command-channel-week = 使本频道对应某一周：回答时优先采用该周的阅读材料
command-channel-week-n = 第几周
command-channel-off = 取消对应：本频道的提问重新针对全部阅读材料
command-channel-show = 哪些频道对应哪一周

command-help = Lector 能做什么

command-privacy = 我保存了你的哪些信息
command-privacy-show = 说明本课程保存了你的哪些信息
command-privacy-export = 取得一份文件，内含本课程保存的与你有关的全部信息
command-privacy-delete = 删除本课程保存的与你有关的信息；会先询问

command-remind = 以私信提醒截止日期
command-remind-me = 用私信提醒我截止日期
command-remind-off = 不再提醒
command-remind-show = 提醒是否开启，以及还有哪些截止日期

command-ics = 日历文件：课程、截止日期、假期

command-check = 将总结草稿与阅读材料对照；只有你能看到
command-check-file = 草稿：.md、.txt 或 .pdf；不填则可粘贴文本
command-check-reading = 所总结的阅读材料；不填则取最接近的一份
command-quiz = 每周阅读测验
command-quiz-draft = 按某周的阅读材料出题，然后审阅
command-quiz-draft-week = 关于第几周
command-quiz-draft-items = 题数
command-quiz-import = 导入你写的题目（YAML、GIFT、CSV 或 QTI），然后审阅
command-quiz-import-file = 格式见 docs/quiz-files.md
command-quiz-import-title = 测验的标题；不填则用文件名
command-quiz-import-week = 关于第几周
command-quiz-review = 继续审阅草稿中的题目
command-quiz-review-quiz = 哪一份
command-quiz-publish = 把审阅过的测验发布给学生，现在或定时
command-quiz-publish-quiz = 哪一份
command-quiz-publish-at = 何时开放：2024-03-05 18:00 或 +2h；不填则现在
command-quiz-publish-closes = 何时结束：2024-03-07 18:00 或 +3d；不填则等 /quiz close
command-quiz-publish-attempts = 每个学生可答几次
command-quiz-publish-minutes = 每次的时限（分钟）；不填则不限
command-quiz-publish-shuffle = 是否为每个学生打乱题目和选项
command-quiz-publish-feedback = 学生何时看到正确答案
command-quiz-publish-channel = 在哪个频道；不填则在这里
command-quiz-close = 不再接受作答；学生随后可以看到正确答案
command-quiz-close-quiz = 哪一份
command-quiz-results = 分数、每题的统计、待确认的答案、更正
command-quiz-results-quiz = 哪一份
command-quiz-list = 课程的测验及其状态
command-quiz-mine = 你自己的测验和成绩
command-quiz-me = 马上练习，不计分
command-quiz-me-reading = 关于哪份材料；输入标题可查找
command-review = 练习中到期的题：你答错的，到时会再出现
command-review-remind = 有题到期时是否私信告诉你

## The readings and their changes, for staff
corpus-adding = 添加 { $what }
corpus-updating = 更新 { $what }
corpus-removing = 移除 { $what }
corpus-syncing = 同步阅读材料
corpus-going-back = 回到第 { $what } 次更改
corpus-stop = 停止
corpus-stopping = 正在停止……
corpus-idle = 现在没有正在进行的更改。
corpus-reading = 正在读取……
corpus-pages-done = 共 { NUMBER($found, useGrouping: 0) } 页，已完成 { NUMBER($done, useGrouping: 0) } 页
corpus-rate = ，每秒 { $rate } 页，约剩 { $left } 秒
corpus-edit = （第 { NUMBER($number, useGrouping: 0) } 次更改）
corpus-done = { $title }：完成{ $edit }
corpus-stopped = { $title }：已停止；没有任何改动。
corpus-stopped-sync = { $title }：已停止；已完成的部分会保留，其余由 `/corpus sync` 完成。
corpus-failed = { $title }：未完成。{ $why }
corpus-added = 已添加：{ $readings }
corpus-updated = 已更新：{ $readings }
corpus-removed = 已移除：{ $readings }
corpus-more = 等，另有 { $count } 份
corpus-more-lines = 另有 { $count } 项
corpus-more-reasons = 另有 { $count } 个原因
corpus-no-change = 索引没有变化。
corpus-weeks = 周次：{ $weeks }
corpus-twin = 没有重复收录：{ $source } 与 { $same } 内容相同
corpus-size = { NUMBER($pages, useGrouping: 0) } 页，{ NUMBER($passages, useGrouping: 0) } 个段落，{ $seconds } 秒
corpus-empty = 还没有收录任何材料：`/corpus sync`。
corpus-list = **阅读材料**，第 { $page } 页，共 { $pages } 页
corpus-week = 第 { $week } 周
corpus-kind-paper = 论文
corpus-kind-syllabus = 教学大纲
corpus-kind-handout = 讲义
corpus-required = 必读
corpus-newest = 最新：{ $version }
corpus-withdrawn = 已撤稿
corpus-pages = { NUMBER($count, useGrouping: 0) } 页
corpus-passages = { NUMBER($count, useGrouping: 0) } 个段落
corpus-in-weeks = 第 { $weeks } 周
corpus-history = **阅读材料的更改**，第 { $page } 页，共 { $pages } 页
corpus-no-history = 还没有记录任何更改。
syllabus-preview = { $name } 的安排有 { $count } 项。用它替换现在的教学大纲会改变：
syllabus-same = 没有 Lector 能看出的变化（措辞可能不同）
syllabus-unplaced = 有 { $count } 行在安排中找不到位置，例如：{ $line }
syllabus-use = 使用它
syllabus-drop = 放弃它
syllabus-changing = 更换教学大纲
syllabus-decided = 这件事已经决定过了。
syllabus-dropped = 上传的教学大纲没有被使用。没有任何改动。

## Of several commands
form-returned = 你写的时候我重新启动了，所以没有收到。你写的内容在文件里：请重新打开表单。
syllabus-name = 教学大纲
