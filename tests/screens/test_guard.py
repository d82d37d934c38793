"""Staff screens are refused to the public, on the server."""

from screens.app_runs import opened, shown
from screens.fake_assistant import FakeAssistant
from streamlit.testing.v1 import AppTest

from assistant.access import Access
from assistant.access_settings import AccessSettings
from assistant.passwords import Passwords
from assistant.roles import NOBODY, ROLES, STAFF_SCREENS, Person, allows

