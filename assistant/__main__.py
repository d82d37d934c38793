"""The command line: `assistant COMMAND` and `python -m assistant COMMAND`."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence

# Nothing is sent anywhere: libraries that report on their use, or trace, are told not to before they are imported.
_QUIET = {
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "TOKENIZERS_PARALLELISM": "false",
}
# Nearly all that a command makes stays until its end: looking for garbage every 700 objects is a sixth of `ask`.
_OBJECTS_BETWEEN = (50_000, 20, 100)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0 done, 1 not fulfilled (message on standard error), 2 wrong usage."""
    os.environ.update(_QUIET)
    _print_anything()
    gc.set_threshold(*_OBJECTS_BETWEEN)
    atexit.register(gc.freeze)  # nor is anything looked for while the process ends
    from assistant.command_line import parser
    from assistant.errors import AssistantError
    from index.errors import IndexingError

    options = parser().parse_args(arguments)
    try:
        from assistant import commands
        from assistant.settings import load_settings

        return int(getattr(commands, options.command)(options, load_settings()))
    except (AssistantError, IndexingError) as error:
        print(f"assistant {options.command} : {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrompu.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader (`head`, say) has gone: nothing more is to be said.
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001 - the last line before the user: a sentence, never a traceback
        print(f"assistant {options.command} : erreur inattendue ({type(error).__name__} : {error}).", file=sys.stderr)
        return 1


def _print_anything() -> None:
    """A question typed in another encoding, or a terminal that lacks a character, prints « ? » and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
