# What Lector says in English. Each file has the same messages; see bot/language/__init__.py.

## Courses

no-course-here = This server has no course. The bot's owner names it in the settings (`discord.guilds`).
no-course-known = I don't know which course you are in. Use a command of mine once on your course's server, then come back.

## Errors

error-unknown = Something went wrong on my side. Please ask again in a moment.

## Pages

page-see = [{ $n }] See p. { $page }
page-see-section = [{ $n }] See “{ $section }”
page-marked = Page { $page } of { $count }. The passage is marked in yellow.
page-partly-marked = Page { $page } of { $count }. What I could find of the passage is marked in yellow.
page-not-found = Page { $page } of { $count }. Nothing is marked: I could not find the passage's words on the page.
page-elsewhere = Page { $page } of { $count }. The passage is on p. { $home }.
page-back = Back to the passage
page-alt = Page { $page } of “{ $title }”.
page-alt-marked = Page { $page } of “{ $title }”, on which this is marked: { $quote }
page-reading-gone = This is not among the course's readings any more. What was cited:
page-no-picture = I can't show a picture of this page here. Its text:
answer-gone = This answer is not kept any more. Please ask again.

## Answers of persons

endorsed-note = A person's answer, not the readings'. { $who }, to: *{ $question }*
endorsed-delivered = your question *{ $question }* was answered. { $who }:
endorsed-withdrawn-shown = The answer to *{ $question }* that stood here was withdrawn by the course's staff.
