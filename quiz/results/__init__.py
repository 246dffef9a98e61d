"""What a quiz has shown: scores, figures on its items, a picture, a table for a spreadsheet.

`statistics` is pure; `book` reads the answers; `chart` draws; `table` writes CSV.
"""
