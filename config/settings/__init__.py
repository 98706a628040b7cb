"""Django's settings, put together from one file a subject. Values come only from the declared variables."""

from config.settings.admin import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.assistant import *  # noqa: F403
from config.settings.data import *  # noqa: F403
from config.settings.django import *  # noqa: F403 - Django reads settings as names of this module
from config.settings.embedding import *  # noqa: F403
from config.settings.environment import refuse_unsafe
from config.settings.jobs import *  # noqa: F403
from config.settings.links import *  # noqa: F403
from config.settings.media import *  # noqa: F403
from config.settings.messages import *  # noqa: F403
from config.settings.observability import *  # noqa: F403
from config.settings.properties import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.store import *  # noqa: F403
from config.settings.studio import *  # noqa: F403
from config.settings.visits import *  # noqa: F403
from config.settings.widgets import *  # noqa: F403

refuse_unsafe()
