"""Questions on their way to an answer, whatever face they came by: the fair queue, what of it survives a restart, conversations.

Nothing here knows Discord's library; `bot/discord/asking` does. Start at `queue`, which is pure.
"""
