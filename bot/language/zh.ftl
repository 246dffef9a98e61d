# Lector 的中文界面。各语言文件中的条目相同；见 bot/language/__init__.py。

## Courses

no-course-here = 本服务器没有对应的课程。请机器人的管理者在设置（`discord.guilds`）中填写本服务器。
no-course-known = 我不知道你在哪门课程里。请先在课程的服务器上使用一次我的命令，再回到这里。

## Errors

error-unknown = 我这边出错了。请稍后再问一次。

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
answer-gone = 这个回答已不再保存。请重新提问。

## Answers of persons

endorsed-note = 这是老师或助教的回答，并非出自阅读材料。{ $who }，所答问题：*{ $question }*
endorsed-delivered = 你的问题 *{ $question }* 已有回答。{ $who }：
endorsed-withdrawn-shown = 此处原先对 *{ $question }* 的回答已被教学人员撤回。

## Commands (their English stands in the code)

command-ask = 就课程阅读材料或教学大纲提问
command-ask-question = 用一句话提问
command-ask-reading = 所问的阅读材料，例如 1706.03762

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
