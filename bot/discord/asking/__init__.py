"""Asking in Discord: whichever way a question came, it goes the same way through here.

`desk` takes questions and has them answered, one after another; `ways` are the ways back to the asker, `reply` tries them
in turn, `delivery` paces the edits; `words` are the texts on the way, `buttons` what stands below an answer.
"""
