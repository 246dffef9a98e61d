# What Lector says in English. Each file has the same messages; see bot/language/__init__.py.

## Courses

no-course-here = This server has no course. The bot's owner names it in the settings (`discord.guilds`).
no-course-known = I don't know which course you are in. Use a command of mine once on your course's server, then come back.

## Errors

error-unknown = Something went wrong on my side. Please ask again in a moment.
error-question-empty = The question is empty: ask in a sentence, such as "What is self-attention?"
error-question-long = The question has { NUMBER($characters, useGrouping: 0) } characters, at most { NUMBER($longest, useGrouping: 0) } are taken: ask it shorter.
error-answer-empty = The answer is empty: write something.
error-answer-long = The answer has { NUMBER($characters, useGrouping: 0) } characters, { NUMBER($longest, useGrouping: 0) } are the most: shorten it.
error-stalled = Something took far too long and was started anew. Ask again.
error-upload-kind = { $file }: files of type { $kind } are not taken here; use { $kinds }.
error-upload-size = { $file } is larger than { $limit } MB.
error-upload-fetch = { $file } could not be fetched from Discord: upload it again.
error-draft-long = The draft has { NUMBER($words, useGrouping: 0) } words, a summary at most { NUMBER($limit, useGrouping: 0) }: shorten it.
error-draft-unreadable = Your draft cannot be read: { $why }
error-draft-empty = The draft holds no sentence: give the text of a summary.
error-draft-far = No reading is near to any sentence of the draft: name the one that it is about.
error-draft-nothing = The draft holds no sentence that a reading could bear out: name its reading, or write more of it.
error-no-reading = There is no reading “{ $reading }”: `/readings` lists them.
error-nothing-indexed = No reading is indexed yet: please tell the course's staff.
error-week-without-readings = Week { NUMBER($week, useGrouping: 0) } has no indexed readings. Weeks that have some: { $weeks }.
error-quiz-rules-least = A quiz allows at least one attempt, of at least one second.
error-quiz-ends-first = The quiz would close before it opens: give a later end.
error-quiz-unknown = There is no such quiz: choose one of those that are offered while you type.
error-quiz-ungraded = A short answer must be graded first.
error-quiz-no-option = The item has no such option.
error-quiz-rules-fixed = The quiz is published: only its closing and its feedback can still be changed.
error-quiz-already = { $state ->
    [draft] The quiz is a draft.
    [approved] The quiz is approved already.
    [published] The quiz is published already.
   *[closed] The quiz is closed.
 }
error-quiz-items-wait = { $count ->
    [one] 1 item waits for its review.
   *[other] { $count } items wait for their review.
 }
error-quiz-none-kept = No item is kept: add some before approving.
error-quiz-unapproved = The quiz is a draft: review its items and approve it first.
error-quiz-ends-now = The quiz would be closed at once: give a later end.
error-quiz-not-published = Only a published quiz can be closed.
error-quiz-items-fixed = The quiz is published or closed: its items can only be corrected or retired.
error-quiz-reason-needed = Give the reason: students may ask why their score has changed.
error-quiz-item-fixed = A published item keeps its kind, stem and options: correct its key, or let it count for nobody.
error-item-letter = The right option is a letter from A to { $last }.
error-item-options = Write two options or more, one a line, and { $mark } before the one that is right. The item is as it was.
error-item-same-options = Two options are the same. The item is as it was.
error-item-many-options = An item may have { $most } options in Discord, this one has { $has }: “{ $stem }”.
error-item-long = An item is too long for a message of Discord's ({ NUMBER($most, useGrouping: 0) } characters): shorten “{ $stem }”.
error-time-passed = { $time } has passed already (the course's clock is that of { $zone }).
error-time-unreadable = “{ $time }” is no time that I can read: write 2024-03-05 18:00 (by the clock of { $zone }), or +3d, +2h, +30m from now.
error-corpus-busy = { $who } is changing the readings just now ({ $title }): wait for that to end.
error-corpus-no-reading = There is no reading “{ $reading }” in the corpus: start to type its title, and choose one.
error-corpus-no-id = Give an arXiv id or link; a file is added with `/corpus upload`.
error-change-lost = The change ended without a result: try it again.
error-change-cut = The change ended unexpectedly: `/corpus sync` finishes what was begun.
error-endorsed-withdrawn = Answer { $number } is withdrawn already.
error-endorsed-unknown = There is no endorsed answer { $number }: `/endorsed list` shows them.
error-endorsed-shown = Answer { $number } is not withdrawn.
error-corpus-no-edit = There is no change { $number }: `/corpus history` lists those there are.
error-corpus-same = Nothing to do: the readings are so already.
error-corpus-no-entry = “{ $reading }” is no entry of the list and no file that could be taken out.
error-corpus-no-source = “{ $source }” is no arXiv id or link, such as 1706.03762v7.
error-quiz-other-s = This is not an attempt of yours.
error-quiz-attempts-used = You have used your { $attempts ->
    [one] attempt
   *[other] { $attempts } attempts
 } at this quiz.
error-quiz-finished = This attempt is finished: its answers cannot be changed.
error-quiz-unfinished = This attempt is not finished.
error-quiz-not-shown-yet = What is right is shown when you have handed in and the quiz has closed.
error-quiz-not-yours = This is not an attempt of yours: press Start to begin your own.
error-quiz-still-open = The quiz is still open: its items can be practised when it has closed.
error-quiz-not-practised = This is no item that you practise: `/quiz me` gives you some.
error-quiz-no-item = The quiz has no item { $number }.
error-quiz-no-page = This item names no page.
error-quiz-closed = This quiz is closed.
error-quiz-opens = This quiz opens <t:{ NUMBER($moment, useGrouping: 0) }:f>.
error-quiz-not-open = This quiz is not open.
error-quiz-too-late = The time was over at <t:{ NUMBER($moment, useGrouping: 0) }:T>, so this answer does not count. { $answers ->
    [0] Nothing had been answered.
    [one] The answer before that is saved.
   *[other] The { $answers } answers before that are saved.
 }
staff-only = Only { $roles } may do this.
staff-nobody = Nobody may do this from Discord yet: the bot's owner names roles in `discord.staff_roles`.

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
answer-nearest = -# The nearest that I found. It may not answer the question:
answer-gone = This answer is not kept any more. Please ask again.

## Answers of persons

endorsed-note = A person's answer, not the readings'. { $who }, to: *{ $question }*
endorsed-by = Endorsed by { $who } on { $day }{ $others ->
    [yes] { " " }(words of { $author })
   *[no] { "" }
 }
endorsed-delivered = your question *{ $question }* was answered. { $who }:
endorsed-withdrawn-shown = The answer to *{ $question }* that stood here was withdrawn by the course's staff.

## Feedback

vote-up = Thank you, your 👍 is counted. Press it again to take it back.
vote-down = Thank you, your 👎 is counted. Press it again to take it back. You may say what is wrong with the answer, or send your question to the staff by **Ask a person** below the answer.
vote-taken-back = Your vote is taken back.
why-button = Say why
why-title = What is the matter with the answer?
why-reason = The answer is
why-wrong = wrong
why-missing = missing what I asked for
why-unclear = unclear
why-note = In your words
why-who-reads = The course's staff read it, without your name.
why-thanks = Thank you. The course's staff will read it.

## Questions for a person

person-button = Ask a person
person-title = Ask a person
person-note = Anything to add?
person-who-sees = The course's staff will see **your name**, the question, what I found, and a link to my answer.
person-who-sees-private = You asked in private. The course's staff will see **your name**, the question and what I found, but no link to here; their answer comes to you as a direct message.
person-sent = Sent to the course's staff in { $channel }, with your name. When they answer, you are told.
person-sent-already = This question was sent to the staff already. Their answer will come here.
person-too-many = You have sent as many questions to the staff as one may in 24 hours. Please speak to them directly, or come back tomorrow.
person-no-channel = This course has no channel for questions to the staff yet, so I cannot send it on. Please write to them yourself.
person-cannot-post = I could not write to the staff's channel, so your question was **not** sent. I have told whoever looks after me; please write to the staff yourself.
person-post-head = **A student asks a person.** { $asker } was not helped by [my answer]({ $link }):
person-post-head-private = **A student asks a person.** { $asker } asked in private:
person-post-found = What I found:
person-post-nothing = I found nothing in the readings or the syllabus that answers it.
person-post-how = Press the button, or reply here or in a thread and then choose Apps → Endorse from your reply's menu. The student gets it, and so does whoever asks the same later.
notice-no-staff-channel = A student wanted to ask a person, but I know no channel for that. Put its id into my settings as `discord.staff_channel`.
notice-staff-channel = A student wanted to ask a person, but I cannot write to { $channel } (`discord.staff_channel`). Let my role view it and send messages there.

## Endorsing

answer-button = Answer and endorse
endorse-title = The answer to endorse
endorse-edit-title = Change the endorsed answer
endorse-question = The question, so that it stands alone
endorse-text = The answer, as students will read it
endorse-shown-as = Shown with your name to whoever asks this.
endorse-own-words = These are a bot's words. Endorse what a person wrote.
endorse-no-text = This message has no text that I can read. Endorse one that has.
endorsed-done = Endorsed as answer { $number }. { $told }
endorsed-told-public = The student was told: { $link }
endorsed-told-private = The student was told in a direct message.
endorsed-told-nobody = The student could **not** be told: their channel is gone, or they take no direct messages. Please tell them.
endorsed-nobody-asked = Nobody is told now; whoever asks this is.
endorsed-changed = Answer { $number } is changed; it is version { $version } now.
endorsed-changed-withdrawn = Answer { $number } is changed; it is version { $version } now, and still withdrawn: `/endorsed restore` shows it again.
endorsed-change-unseen = Its asker does not see that: the message that showed it is gone.
endorsed-withdrawn = Answer { $number } is withdrawn: nobody is shown it any more.
endorsed-restored = Answer { $number } is shown again, and you stand for it.
endorsed-none = Nothing is endorsed yet. Choose Apps → Endorse from a message's menu.
endorsed-list-head = **Endorsed answers**, page { $page } of { $pages }
endorsed-state-active = shown
endorsed-state-withdrawn = withdrawn
endorsed-versions = Versions
person-question-gone = Its asker had their question deleted: there is nobody to answer any more.
person-post-answered = ✅ Answer { $number }, endorsed by { $who }. { $link }

## Asking

asking-reading = -# Reading …
asking-waiting =
    -# { $ahead ->
        [one] One question is
       *[other] { $ahead } questions are
    } before yours: about { $seconds } s.
asking-growing = -# … there is more to come
asking-final = -# ✓ complete
asking-again = That went wrong on my side, I am sorry. I am trying once more …
asking-failed = I am sorry: I could not answer this, twice. Please ask again in a while, or ask a person of the course's staff.
asking-cancel = Cancel
asking-cancelled = Cancelled.
asking-cancel-other = Only whoever asked may cancel this.
asking-over = This question is not being answered any more.
asking-full = Too many questions are waiting just now. Please come back { $when }.
asking-one-waiting = A question of yours is waiting already. Please ask this one { $when }.
asking-rate = That is faster than I may answer. Please ask again { $when }.
asking-late =
    This has waited for more than { $minutes ->
        [one] a minute
       *[other] { $minutes } minutes
    }, too long. Please ask again.
asking-away = I was away when you asked this. Please ask again if you still want to know.
asking-empty = Ask me in a sentence, such as "What is self-attention?"
asking-not-a-question = There is nothing in that message that I could read.
asking-discuss = Discuss
asking-discuss-here = Go on here: mention me, or reply to me. I remember what was said above.
asking-discuss-there = Go on in { $thread }.
asking-discuss-direct = We are among ourselves here: just write on, I remember my answer.
asking-discuss-forbidden = I may not open threads here. Reply to my answer instead: I remember it.
staff-no-messages = I cannot write in { $channel }: allow me to view the channel and to send messages there. Until then I answer those who ask there privately.
staff-no-threads = I cannot open threads in { $channel }: allow me to create public threads there. Until then students go on by replies.
staff-no-thread-messages = I can open threads under { $channel } but not write in them: allow me to send messages in threads there. Until then students go on by replies.
staff-no-files = I cannot attach files in { $channel }: allow me to attach files there. Until then I show the text of a page for its picture, and send other files in direct messages.
files-from-server = You asked for this where I may not attach files.
files-privately = I may not attach files here: what belongs to this is [in your direct messages](<{ $link }>).
files-nowhere = I may not attach the file here, nor write to you: ask me in a direct message, or allow direct messages from this server's members and try again.

## The course at hand

plan-missing = The course has no syllabus yet. Ask its staff.
plan-damaged = The course's syllabus cannot be read at the moment. Its staff can see why with `lector syllabus show`.
plan-undated = The syllabus gives no dates for its plan. Ask for a week by its number, such as `/week 1`.
plan-no-weeks = The syllabus numbers no weeks and gives no dates to count them by.
plan-not-begun = The course has not begun. Its first day is { $day }.
plan-over = The course is over. Its last day was { $day }.
card-more = … and { $lines ->
    [one] one more line
   *[other] { $lines } more lines
}.
zone-note = It is { $day } where the course is held ({ $zone }).
day-today = today
days-ahead = { $days ->
    [one] tomorrow
   *[other] in { $days } days
}
days-ago = { $days ->
    [one] yesterday
   *[other] { $days } days ago
}
week-title = Week { $week }
week-of = This week
week-counted = Counted from the first class: the plan itself numbers no weeks.
week-nothing = The plan has nothing in this week.
week-unknown = The syllabus has no week { $week }. It has weeks { $weeks }.
week-off = Between its neighbours there is no class: { $entries }.
today-title = Today, { $day }
today-nothing = The plan has nothing for today.
label-off = no class
label-speaker = Speaker:
label-place = Place:
label-reading = Read:
label-due = Due:
label-next-class = **Next class:**
label-next-due = **Next due:**
deadlines-title = Deadlines
deadlines-none = The syllabus names nothing that is due.
deadlines-past = Nothing is due any more. What was:
grading-title = Grading
grading-none = The syllabus says nothing of grading.
readings-title = Readings
readings-none = The course has no readings yet.
readings-any-week = For no particular week
readings-none-in-week = The syllabus names no reading for week { $week }.
readings-no-week = There is no week { $week } in the syllabus, and no reading for it.
reading-required = required
reading-optional = further reading
reading-handout = the course's handout
reading-pages = { $pages ->
    [one] 1 page
   *[other] { $pages } pages
}
reading-abstract = from its abstract
reading-abstract-page = from its abstract, p. { $page }
reading-begins = how it begins
reading-begins-page = how it begins, p. { $page }
reading-no-abstract = No abstract was found in the file.
reading-ask = Ask about it: /ask … reading:{ $id }
reading-unknown = No reading is called "{ $name }". `/readings` lists all.
reading-maybe = Did you mean { $titles }?
reading-which = Several could be meant: { $titles }. Say more of the title, or the id.
who-title = People
who-nobody = The syllabus names nobody.
who-unknown = The syllabus names no "{ $name }". It names: { $names }.

## Channels and weeks

channel-tied = This channel is now about week { $week }: its { $readings ->
    [one] reading is
   *[other] { $readings } readings are
} preferred in answers here.
channel-untied = Questions in this channel are about all readings again.
channel-none = No channel is tied to a week.
channel-no-readings = No indexed reading belongs to week { $week }, so nothing could be preferred. `/readings` shows which weeks have some.

## Help and privacy

help-intro = I answer questions on **{ $course }** from its readings and its syllabus, with the page beside each sentence. What they do not say, I do not say.
help-staff = For the staff
help-menu = A message's menu, Apps, *{ $name }*
help-more = What is stored about you: /privacy show
hint-first-time = First time here? Ask with `/ask`, see what is due with `/deadlines`; `/help` lists all. What I store about you: `/privacy show`.
privacy-title = What is stored
privacy-intro = About the people of **{ $course }** I store the following, and nothing else:
privacy-count = **({ $count ->
    [one] 1 record is
   *[other] { $count } records are
} about you.)**
privacy-footer = /privacy export gives you a file of it, /privacy delete deletes it.
privacy-nothing = Nothing is stored about you in this course.
privacy-exported = All that is stored about you in this course:
privacy-ask = Delete everything that is stored about you in this course? Your reminders end with it. What stays:
privacy-button = Delete it
privacy-not-yours = This button is somebody else's.
privacy-deleted = Deleted. Using me again stores again what `/privacy show` says.
privacy-members = On which server you last used me, and when, so that I know your course in private messages.
privacy-hints = Which hints you were shown, so that you see each once.
privacy-answers = The questions that were answered and the answers, for their buttons, without who asked. They cannot be found by person, so they stay.
privacy-edits = Which changes of the readings staff made, with their name: the course's record, which stays.

## Reminders

remind-title = Reminders
remind-on = Reminders are **on**: I write you privately, and you alone see it. `/remind off` ends it.
remind-off = Reminders are **off**. `/remind me` turns them on.
remind-when = They come at { $time } where the course is held ({ $zone }): { $days } ahead.
remind-ahead = { $days ->
    [0] no day
    [one] 1 day
   *[other] { $days } days
 }
remind-hello = You will be reminded here of the deadlines of **{ $course }**. `/remind off` ends it.
remind-message = **{ $course }**: soon due
remind-moved = (it was told as { $day } before: the syllabus has changed)
remind-stopped = No reminders any more.
remind-none = Reminders were off already.
remind-closed = I cannot write to you privately. In the server's menu choose Privacy Settings, allow direct messages, and use `/remind me` again. Nothing is set.
remind-not-delivered = A reminder did not reach you: Discord does not let me write to you privately. Reminders are off now. Allow direct messages from this server's members, then use `/remind me` again.
deadlines-none-ahead = The syllabus names nothing that is still due.
privacy-reminders = That you want reminders, in which language and since when, until you end them.
privacy-reminders-sent = Which reminders you were sent, so that none is sent twice, until 30 days after the deadline.

## Calendar file

ics-here = The course's calendar. Open it in your calendar program; after a change of the syllabus get it again, and what has moved moves there too.
ics-undated = The syllabus gives no dates, so there is nothing for a calendar.

## Checking a draft

check-window = Check a draft
check-window-text = Your summary (at most 4,000 characters)
check-head = Checked { $count ->
    [one] 1 sentence
   *[other] { $count } sentences
} against **{ $title }** (`{ $id }`).
check-nearest = No reading was named: this is the nearest one. `reading` names another.
check-in-file = { $faults ->
    [one] 1 sentence is not borne out by it; the file says which and why.
   *[other] { $faults } sentences are not borne out by it; the file says which and why.
}
check-others = In the other { $count } nothing was found wrong.
check-no-others = No other sentence could be checked.
check-nothing-wrong = Nothing was found wrong.
check-missing = Sections that it says nothing of:
check-passage = Nearest,
check-page = p. { $page }
check-caution-meanings = *Words and numbers were compared, meanings by a model: read the passages before you change anything. Your draft is not kept.*
check-caution = *Words and numbers were compared, not meanings: read the passages before you change anything. Your draft is not kept.*
check-number-contradicted = contradicted number
check-number-not-found = number not found
check-name-not-found = name not found
check-contradicted = contradicted
check-not-supported = not supported
comma = , { "" }
semicolon = ; { "" }
ground-nothing-near = nothing in the reading is near enough to it
ground-stands-nowhere = { $what } stands nowhere in the reading
ground-stands-elsewhere = { $what } stands in other sentences ({ $places }{ $more ->
    [yes] { " " }and elsewhere
   *[no] { "" }
 })
ground-nearest-has = the nearest sentence has { $what }
ground-opposite = a sentence with the same words says the opposite, as far as words show
ground-denied = this sentence denies it, by the model of entailment
ground-not-entailed = it does not follow from the nearest sentences, by the model of entailment

## Refusals (in English as rag/replies.py says them)

refused-unknown-week = The syllabus names no week { $week }. Please ask a person of the course's staff.
refused-unmentioned = The syllabus says nothing about "{ $matter }". Please ask a person of the course's staff.
refused-unknown-work = None of the readings that I know is called "{ $work }". Please ask a person of the course's staff.
refused-not-covered = The course's readings don't say that. Please ask a person of the course's staff.
refused-not-covered-title = The course's readings don't say that. The closest that I found is "{ $title }". Please ask a person of the course's staff.
refused-not-covered-page = The course's readings don't say that. The closest that I found is "{ $title }", p. { $page }. Please ask a person of the course's staff.
refused-which-reading = I can't tell which reading you mean. Name it in the question, as in "the LoRA paper", or ask in the channel of its week.
refused-nowhere = Neither the course's readings nor its syllabus say that. Please ask a person of the course's staff.
refused-graded = I don't do graded work, give away answers of tests or hide where a text comes from. I answer questions on the course's readings and its plan.
refused-personal = I know nobody's grades or private matters, and could not tell. I answer questions on the course's readings and its plan.
refused-instructions = I keep to my task, whatever a message says about it. I answer questions on the course's readings and its plan.
refused-action = I can look things up and nothing else: I cannot act for you. I answer questions on the course's readings and its plan.
refused-not-in-syllabus = The syllabus does not say that. Please ask a person of the course's staff.
refused-no-question = I see no question there. I answer questions on the course's readings and its plan.
refused-other-language = I understand English alone, as the readings are written in it. I answer questions on the course's readings and its plan.
refused-off-course = That is not about the course. I answer questions on the course's readings and its plan.

## What the syllabus lookup says in words of its own; days are ISO dates
note-lists = { $matter ->
    [due] lists nothing due
    [reading] lists no reading
    [speaker] names no speaker
    [exam] lists no exam, test or quiz
    [break] lists no break
    [class] lists no class
   *[anything] lists nothing
 } { $when ->
    [there] there
    [onwards] from { $from } on
    [day] on { $from }
   *[span] from { $from } to { $to }
 }
note-dates = { $dated ->
    [yes] { " " }({ $first } to { $last })
   *[no] { "" }
 }
note-counted-week = Week { $week }, counted from the first class: { $first } to { $last }.
note-lists-no = The syllabus { note-lists }.
note-runs = The plan runs from { $first } to { $last }: it { note-lists }.
note-undated = The syllabus gives no dates for its plan: ask by its weeks, such as week 1.
note-classes = The plan lists { $count } classes{ note-dates }.
note-numbered-weeks = The plan's weeks run from { $least } to { $most }{ note-dates }.
note-weeks = The plan runs over { $count } weeks, counted from the first class{ note-dates }.
note-no-speaker = The syllabus names no speaker for this entry:
brackets = { " " }({ $text })
days = { $span ->
    [day] { $first }
   *[span] { $first } to { $last }
 }{ $counted ->
    [today] , today
    [ahead] , in { $away ->
        [one] 1 day
       *[other] { $away } days
    }
    [past] , { $away ->
        [one] 1 day
       *[other] { $away } days
    } ago
   *[no] { "" }
 }

## More of what is stored

privacy-waiting = Your questions that wait for an answer, until they are answered.
privacy-turns = Your questions with their answers, for follow-ups, until they are too old for them.
privacy-votes = Your votes on answers, with your reasons.
privacy-practice = Which quiz items you practise and when each comes back, and whether you want to be told.
privacy-attempts = Your attempts at quizzes with your answers: graded work, which stays.
privacy-quiz-events = What staff did to quizzes, with their name: the course's record, which stays.
privacy-persons = Your questions to the staff, with what you added.
privacy-endorsed = Which answers you wrote or endorsed for all, with your name: the course's record, which stays. Staff can withdraw an answer.
## Quizzes: taking one

quiz-position = **{ $title }** · item { $number } of { $of } · { $answered } answered
quiz-ends = time ends { $when }
quiz-so-far = Your answer so far: { $answer }
quiz-how-choice = Press the letter of your answer.
quiz-how-truth = Press True or False.
quiz-how-number = Write a number.
quiz-how-number-in = Write a number, in { $unit }.
quiz-how-cloze = Write the words that fill the gap.
quiz-how-short = Write a sentence or two.
quiz-true = True
quiz-false = False
quiz-form-title = Item { $number } of { $of }
quiz-form-answer = Your answer
quiz-form-question = Your question
quiz-button-start = Start
quiz-button-result = My result
quiz-button-write = Write the answer
quiz-button-rewrite = Change the answer
quiz-button-hand-in = Hand in …
quiz-button-hand-in-now = Hand in
quiz-button-back = Back to item { $number }
quiz-button-next = Next item
quiz-hand-in-missing = Not answered yet: item { $items }. What is not answered gets no point. Your answers are saved; you may also go on later.
quiz-hand-in-all = All items are answered. You may still go back and change answers; once you hand in they stand.
quiz-hand-in-fixed = All items are answered. Hand in to see your score.
quiz-first-stands = You had answered this item already: your first answer stands.
quiz-rule-items = { $count ->
    [one] 1 item
   *[other] { $count } items
 }
quiz-rule-attempts = { $count ->
    [one] 1 attempt
   *[other] { $count } attempts
 }
quiz-rule-limit = { $minutes } minutes an attempt
quiz-rule-no-limit = no time limit
quiz-rule-at-once = you see what is right after each answer
quiz-rule-after = you see your score and what is right after the quiz closes
quiz-closes = Closes { $when }
quiz-closed = This quiz is closed.

## Quizzes: afterwards

quiz-right = Right
quiz-wrong = Not right
quiz-partly = Partly right
quiz-unanswered = Not answered
quiz-provisional = A person will look at this answer
quiz-void = This item does not count
quiz-your-answer = Your answer: { $answer }
quiz-right-answer = Right: **{ $answer }**
quiz-item-of = Item { $number }
quiz-handed-in = **{ $title }** is handed in: { $answered } of { $of } items answered, all saved. You see your score and what was right when the quiz has closed (`/quiz mine`).
quiz-score = **{ $title }**: **{ $percent }%** ({ $passed })
quiz-passed = over { $percent }%
quiz-not-passed = not over { $percent }%
quiz-score-provisional = ⏳ A person will look at some of your answers: the score may still change.
quiz-button-items = Look at the items
quiz-button-list = List
quiz-button-see = See the page
quiz-button-ask = Ask about this item
quiz-mine-head = Your quizzes, the newest first:
quiz-mine-none = You have not taken a quiz yet. Press Start below one.
quiz-mine-running = goes on: { $answered } of { $of } answered
quiz-mine-later = handed in; your score can be seen when the quiz has closed

## Quizzes: the staff's side

quiz-key = ✔ **{ $answer }**
quiz-accepted = Also right: { $forms }
quiz-rubric = The answer must say:
quiz-no-evidence = No place in a reading is named.
quiz-review-head = **{ $title }** · item { $number } of { $of } · { $said }
    -# { $kept } kept · { $dropped } dropped · { $waiting } to look at
quiz-review-waiting = **{ $title }**: { $count ->
    [one] 1 item waits
   *[other] { $count } items wait
 } for your review.
quiz-review-done = **{ $title }**: every item is reviewed, { $count } will be asked. `/quiz publish` puts the quiz before the students.
quiz-review-empty = **{ $title }**: every item was dropped. `/quiz draft` or `/quiz import` makes another quiz.
quiz-said-pending = not reviewed
quiz-said-kept = kept
quiz-said-edited = edited and kept
quiz-said-dropped = dropped
quiz-kind-choice = Multiple choice
quiz-kind-true-false = True or false
quiz-kind-numeric = Number
quiz-kind-cloze = Gap
quiz-kind-short = Short answer
quiz-button-keep = ✅ Keep
quiz-button-edit = ✏️ Edit
quiz-button-another = 🔁 Another
quiz-button-drop = ❌ Drop
quiz-button-review = Review
quiz-form-edit = Edit item { $number }
quiz-field-stem = Question
quiz-field-options = Options, one a line, * before the right one
quiz-field-answer-true-false = Right: true or false
quiz-field-answer-numeric = Right number
quiz-field-answer-cloze = Words of the gap
quiz-field-answer-short = Model answer
quiz-field-tolerance = May differ by
quiz-field-unit = Unit
quiz-field-accepted = Other right forms, one a line
quiz-field-rubric = What must be said, one point a line
quiz-field-explanation = Explanation, shown after the answer
quiz-field-letter = Letter of the right option, A to { $last }
quiz-field-why = Reason (kept in the log)
quiz-title-week = Quiz of week { $week }
quiz-drafting = Drafting: { $what }
quiz-drafting-items = Drafting: { $done } of { $of } items
quiz-drafting-counted = Drafting: { $what } ({ $done } of { $of })
quiz-weekly-drafted = A quiz of week { $week } is drafted: { $count } items wait for your review (`/quiz review`). Nothing is published before you do it. { $short }
quiz-weekly-failed = The quiz of week { $week } could not be drafted: { $why }
quiz-no-drafting = Items cannot be made here. Import some that you wrote with `/quiz import`.
quiz-no-other = No other item could be made of these readings.
quiz-published-now = Published in { $channel }.
quiz-published-later = Opens { $when } in { $channel }; its message is sent then.
quiz-cannot-post = The quiz is published, but I may not write in { $channel }. Let me, and its message is sent within a minute.
quiz-closed-now = **{ $title }** is closed. Students now see their scores and what was right.
quiz-list-head = Quizzes, the newest first:
quiz-list-none = There is no quiz yet. `/quiz draft` makes one of a week's readings, `/quiz import` takes in items that you wrote.
quiz-list-more = … and { $count } older ones
quiz-list-waiting = { $count } to review
quiz-state-draft = draft
quiz-state-approved = reviewed
quiz-state-published = published
quiz-state-closed = closed

## Quizzes: results

quiz-results-head = **{ $title }**: { $finished } finished, { $running } still at it · mean { $mean } · { $passed } over { $percent }%
quiz-results-none = Nobody has finished yet.
quiz-results-attempts = { $count } attempts
quiz-results-provisional = provisional
quiz-results-more = … and { $count } more in the CSV
quiz-results-alt = How the scores of “{ $title }” are spread, and the share of points won of each item.
quiz-button-figures = Look at the items
quiz-button-confirm = Answers to confirm
quiz-button-retire = Retire { $count } flagged
quiz-button-retire-one = Retire
quiz-button-key = Correct the key
quiz-button-void = Does not count
quiz-button-count = Counts again
quiz-button-table = Table
quiz-button-right = Right
quiz-button-half = Half
quiz-button-wrong = Wrong
quiz-form-key = Item { $number }: the right key
quiz-form-void = Item { $number } counts for nobody
quiz-form-count = Item { $number } counts again
quiz-figures-head = **{ $title }** · item { $number } of { $of }
quiz-figures-void = ➖ It counts for nobody.
quiz-figures-retired = 🗄 Retired: { $why }
quiz-figures-line = { $answers } answered · { $won } of the points won · discrimination { $told } · { $seconds } each
quiz-figures-chosen = Chosen: { $options }
quiz-regraded = { $answers } answers were graded again: { $up } are worth more now, { $down } less. All scores follow.
quiz-waiting-head = { $count ->
    [one] 1 answer waits
   *[other] { $count } answers wait
 } for a person.
quiz-waiting-none = No answer waits for a person.
quiz-waiting-answer = { $who } wrote:
quiz-waiting-grade = So far worth { $credit }. { $why }
quiz-waiting-ungraded = Not graded yet.

## Practice

card-head = Practice, ungraded · { $due } due
card-how-short = Answer in your head, then look.
card-none = Nothing is due. { $every ->
    [0] `/quiz me` gives you items to practise.
   *[other] You practise { $every } items; they come back when it is time (`/review`).
 }
card-nothing-new = There is nothing new to practise yet: items come from quizzes that are over.
card-nothing-new-drafting = There is nothing new to practise in quizzes that are over. Name a reading, and I make items of it: `/quiz me reading:…`
card-unreviewed = New items made of this reading; nobody has reviewed them.
card-comes-back = Comes back { $when }.
card-late = You had answered this already: nothing was counted twice.
card-button-next = Next
card-button-show = Show the answer
card-button-knew = I knew it
card-button-did-not = I did not
card-reminders-on = I tell you by private message when something is due, once a day at most.
card-reminders-off = I no longer tell you when something is due.
card-reminder = { $due ->
    [one] 1 item is due
   *[other] { $due } items are due
 } in your practice of { $course }: `/review` here or on the server. `/review remind:False` ends these messages.

## The readings and their changes, for staff
corpus-adding = Adding { $what }
corpus-updating = Updating { $what }
corpus-removing = Removing { $what }
corpus-syncing = Syncing the readings
corpus-going-back = Going back to change { $what }
corpus-stop = Stop
corpus-stopping = Stopping …
corpus-idle = Nothing is being changed any more.
corpus-reading = Reading …
corpus-pages-done = { NUMBER($done, useGrouping: 0) } of { NUMBER($found, useGrouping: 0) } pages
corpus-rate = , { $rate } pages/s, about { $left } s left
corpus-edit = { " " }(edit { NUMBER($number, useGrouping: 0) })
corpus-done = { $title }: done{ $edit }
corpus-stopped = { $title }: stopped; nothing has changed.
corpus-stopped-sync = { $title }: stopped; what was finished is kept, `/corpus sync` does the rest.
corpus-failed = { $title }: not done. { $why }
corpus-added = added: { $readings }
corpus-updated = updated: { $readings }
corpus-removed = removed: { $readings }
corpus-more = { " " }and { $count } more
corpus-more-lines = and { $count } more
corpus-more-reasons = and { $count } more reasons
corpus-no-change = Nothing has changed in the index.
corpus-weeks = weeks touched: { $weeks }
corpus-twin = not indexed twice: { $source } says what { $same } says
corpus-size = { NUMBER($pages, useGrouping: 0) } pages, { NUMBER($passages, useGrouping: 0) } passages, { $seconds } s
corpus-empty = Nothing is indexed yet: `/corpus sync`.
corpus-list = **Readings**, page { $page } of { $pages }
corpus-week = week { $week }
corpus-kind-paper = paper
corpus-kind-syllabus = syllabus
corpus-kind-handout = handout
corpus-required = required
corpus-newest = newest: { $version }
corpus-withdrawn = withdrawn
corpus-pages = { $count ->
    [one] 1 page
   *[other] { NUMBER($count, useGrouping: 0) } pages
 }
corpus-passages = { $count ->
    [one] 1 passage
   *[other] { NUMBER($count, useGrouping: 0) } passages
 }
corpus-in-weeks = weeks { $weeks }
corpus-history = **Changes of the readings**, page { $page } of { $pages }
corpus-no-history = No change of the readings has been noted yet.
syllabus-preview = { $name } has a plan of { $count } entries. In the place of the present syllabus it would change:
syllabus-same = nothing that Lector knows of (its wording may differ)
syllabus-unplaced = { $count ->
    [one] 1 line found no place in the plan: { $line }
   *[other] { $count } lines found no place in the plan, such as: { $line }
 }
syllabus-use = Use it
syllabus-drop = Forget it
syllabus-changing = Changing the syllabus
syllabus-decided = That was decided already.
syllabus-dropped = The uploaded syllabus was not used. Nothing has changed.

## Of several commands
form-returned = I was started anew while you were writing, so this was not taken. The file holds what you wrote: please open the form again.
syllabus-name = Syllabus
