"""`python serve_fake.py PORT`: the real server around the assistant made by hand."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests" / "screens")]

from fake_assistant import FakeAssistant  # noqa: E402

from assistant import serving  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

if __name__ == "__main__":
    fake = FakeAssistant()
    app = serving.application(load_settings({}), script=Path(__file__).with_name("fake_app.py"), assistant=lambda: fake)
    app.run(config=serving.configuration("127.0.0.1", int(sys.argv[1])))
