"""`python serve_fake.py PORT [SETTING=VALUE…]`: the real server around the assistant made by hand."""

import os
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests" / "screens")]

from fake_assistant import FakeAssistant  # noqa: E402

from assistant import serving  # noqa: E402
from assistant.settings import load_settings  # noqa: E402

if __name__ == "__main__":
    os.environ["ASSISTANT_INDEX"] = tempfile.mkdtemp()
    os.environ.update(f"ASSISTANT_{setting}".split("=", 1) for setting in sys.argv[2:])
    fake = FakeAssistant()
    settings = load_settings()
    app = serving.application(settings, script=Path(__file__).with_name("fake_app.py"), assistant=lambda: fake)
    app.run(config=serving.configuration("127.0.0.1", int(sys.argv[1])))
