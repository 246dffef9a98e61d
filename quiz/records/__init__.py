"""What of the quizzes must survive a restart: quizzes, their items, attempts, answers, corrections, practice. SQL, keyed by course.

`tables` declares it; `bank` is the staff's side, `attempts` the students', `corrections` what is changed after the fact,
`practice` the cards that come back. All calls wait for a disk: never make one on an event loop.
"""
