"""What every room needs: errors, settings, logging, model files, worker threads, the database.

Imports no other room. Start reading at `errors.py`, then `settings.py`.
"""
