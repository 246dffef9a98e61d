"""The weekly reading quiz in Discord: staff draft, review, publish and look at results; students answer one item at a time.

`words`, `outcome_words`, `staff_words` and `figures_words` turn what the room `quiz` knows into text (pure); `edits` and `rules`
read what people type, `cards` hides a practice card's key (pure); `taking`, `outcome`, `review`, `results` and `practice` are
the buttons; `posts` keeps which message shows which quiz; `drafting` is where the making of items plugs in. Nothing that is
sent before an answer holds a key or an item's id, which is a hash of the key.
"""
