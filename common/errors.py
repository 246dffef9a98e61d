"""The one tree of errors. Each carries a message that is safe to show to a person, and says what to do.

    LectorError
    ├── UsageError            wrong use: an empty question, an unknown reading        (exit 2)
    │   ├── ConfigError       config.yaml, .env or the environment is wrong           (exit 2)
    │   ├── QuestionError     a question that cannot be taken                         (exit 2)
    │   └── QuizError         a quiz or an attempt that does not allow what was asked (exit 2)
    │       └── TooLateError      the time is over; what was answered before stays
    ├── StoppedError          somebody stopped it                                     (exit 130)
    ├── ModelError            a model file is missing, damaged or cannot be loaded    (exit 1)
    ├── StalledError          something hung and was started anew                     (exit 1)
    ├── SourceError           one reading cannot be had or read; the rest goes on     (listed)
    │   └── ScanError             its pages are pictures: OCR may read it                 (listed)
    └── StoreError            the data folder or what is in it                        (exit 1)
        ├── IndexMissingError     nothing is indexed yet
        └── IndexMismatchError    the index was made with other settings or another model

Foreign exceptions are translated in the file that imports the library. "No evidence" is not an error.
"""


class LectorError(Exception):
    """An error whose text is one line that a person can act on."""

    exit_code = 1

    def __init__(self, text: str = "", *, code: str = "", **values: str | int) -> None:
        """One line, and a name for what happened.

        Args:
            text: The line, in English.
            code: Names what happened, for a face that says it in another language with the `values`; "" where none does.
        """
        super().__init__(text)
        self.code, self.values = code, values

    @property
    def user_message(self) -> str:
        """One line, safe to show to anyone."""
        return " ".join(str(self).split())


class UsageError(LectorError):
    """The command or the question was wrong; trying again unchanged will not help."""

    exit_code = 2


class ConfigError(UsageError):
    """A setting is missing, misspelt or has a wrong value; the message names it."""


class QuestionError(UsageError):
    """The question is empty or too long."""


class QuizError(UsageError):
    """The quiz is not open, the attempt is finished or another student's, the item is not part of it."""


class TooLateError(QuizError):
    """The time limit or the closing has passed. Answers that were given before are kept."""


class StoppedError(LectorError):
    """The person who asked for it stopped it."""

    exit_code = 130


class ModelError(LectorError):
    """A model's file is missing, has another sha256 than the settings say, or does not load."""


class StalledError(LectorError):
    """A call took so long that its thread was given up; the next call has a new one."""


class SourceError(LectorError):
    """One reading cannot be fetched or read. Batch work lists it with its reason and goes on."""


class ScanError(SourceError):
    """A PDF of so many pages and not a word: pictures, as a rule."""

    def __init__(self, message: str, pages: int = 1) -> None:
        super().__init__(message)
        self.pages = pages


class StoreError(LectorError):
    """The data folder cannot be read or written."""


class IndexMissingError(StoreError):
    """Nothing has been indexed yet."""


class IndexMismatchError(StoreError):
    """The index was made by another embedding model or pipeline than the settings name."""
