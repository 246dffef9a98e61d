"""The course at hand as people are shown it: pure functions from the plan's data to text in their language.

`timetable` is what they all take; `weeks` (a week, a day), `due` (deadlines, grading), `readings` (lists, a reading's card)
and `people` make a `Card`, which each face shows in its way; `calendar` makes a file for calendar programs. Nothing is
generated: what is not the bot's own label stands in the syllabus or in a reading, escaped for Discord.
"""
