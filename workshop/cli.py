"""The command line: one verb per task. `make <verb>` does the same after setting up."""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from skill import __version__
from skill.advice import locales

if TYPE_CHECKING:
    from speaker import Speaker

USAGE_ERROR = 2
ROOT = Path(__file__).parents[1]
"""The project root, or the folder the package is installed in."""
OURS = ("cramp_coach", "skill", "speaker", "endpoint", "workshop")
PACK = "build/review.html"
"""The clinician's pack: made for whoever reviews, and not kept in the repository."""
EXTRAS = {"talk": "speaker", "ask": "speaker", "web": "web", "evenings": "speaker", "listen": "listen"}
"""The extra of pyproject.toml that each verb needs; verbs not listed need `dev`."""


def talk(options: argparse.Namespace) -> int:
    """Talk to the coach in the terminal."""
    from skill.memory import deadline, owed
    from speaker.terminal.console import Terminal
    from speaker.terminal.keyboard import Keyboard
    from speaker.terminal.voice import NoVoice, Voice

    voice = None
    if options.voice:
        try:
            voice = Voice.find(options.locale)
        except NoVoice as error:
            return _refuse(str(error))
    with tempfile.TemporaryDirectory(prefix="cramp-coach-") as folder:
        # By default the place is kept for this run only, so that "continue" can be tried.
        memory = options.memory or f"sqlite:{folder}/places.sqlite"
        try:
            speaker = _speaker(options, memory)
        except (FileNotFoundError, ValueError) as error:
            return _refuse(str(error))
        keyboard = Keyboard(sys.stdin) if options.json else Keyboard.of(sys.stdin, sys.stdout)
        terminal = Terminal(speaker, keyboard, sys.stdout, fast=options.fast, as_json=options.json, voice=voice)
        try:
            terminal.run()
        except KeyboardInterrupt:
            sys.stdout.write("\n")
        finally:
            keyboard.close()
        owed.flush(deadline.SECONDS)  # before the folder of this talk goes
    return 0


def listen(options: argparse.Namespace) -> int:
    """Be a bedside speaker: microphone and loudspeaker of this machine, or a recording and a file."""
    from speaker.bedside import command
    from speaker.bedside.engines.choose import Wishes
    from speaker.bedside.protocols import DeviceLost, EngineMissing
    from speaker.bedside.sound import NotSound

    wishes = Wishes(options.recognizer, options.activity, options.voice, options.duplex, tuple(options.model))
    wanted = command.Options(
        wishes, options.mic, options.out, options.json, options.light, options.volume, options.input, options.output
    )
    try:
        if options.devices:
            print(command.devices())
        else:
            command.listen(wanted, _speaker(options, "none"), sys.stdout, sys.stderr)
    except (EngineMissing, DeviceLost, NotSound, FileNotFoundError, ValueError, OSError) as error:
        return _refuse(f"listen: {error}")
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    return 0


def ask(options: argparse.Namespace) -> int:
    """Ask one thing and print the answer."""
    try:
        speaker = _speaker(options, "none")
    except (FileNotFoundError, ValueError) as error:
        return _refuse(str(error))
    turn = speaker.say(f"alexa, ask {speaker.model.invocation} {' '.join(options.words)}")
    print(turn.words)
    if options.sources:
        from workshop.citations import sources_of

        for line in sources_of(turn.response or {}, options.locale):
            print(line)
    return 0


def web(options: argparse.Namespace) -> int:
    """Serve the endpoint and the bedside page."""
    from endpoint.serve import serve

    return serve(options.host, options.port, options.workers, options.page, options.bedtime)


def evenings(options: argparse.Namespace) -> int:
    """Say how many evenings of the bedtime stretches there were on this machine, or forget them."""
    from datetime import time

    from endpoint.server_settings import state_folder
    from skill.advice import open_advice
    from speaker.evenings import FILE, BadEvenings, Evenings, forget

    folder = state_folder(os.environ)
    if folder is None:
        return _refuse("evenings: expected a home folder, found none")
    own = Evenings(time(), folder / FILE, 7 * open_advice("en-US").timing.bedtime_weeks)
    try:
        if options.forget:
            print("Forgotten." if forget(own.file) else "There was nothing to forget.")
        else:
            own.count()
            print(own.told())
    except (BadEvenings, OSError) as error:
        return _refuse(f"evenings: {error}")
    return 0


def check(options: argparse.Namespace) -> int:
    """Check content, sentences and models: every fault at once."""
    from workshop.check.all_checks import report
    from workshop.documents import DOCUMENTS

    text, faults = report(release=options.release, documents=DOCUMENTS)
    print(text)
    return 1 if faults else 0


def review(options: argparse.Namespace) -> int:
    """List entries that are not accepted, or accept them."""
    from workshop.review.command import accepting, listing
    from workshop.review.remarks import NotRemarks, answered

    if options.remarks:
        try:
            print(answered(options.remarks))
        except NotRemarks as error:
            return _refuse(f"review: {error}")
        return 0
    if not options.ids:
        text, count = listing()
        print(text)
        return 1 if count else 0
    if not options.by or not options.role:
        return _refuse("review: expected --as NAME and --role ROLE beside the ids, found only ids")
    try:
        print(accepting(options.ids, options.by, options.role))
    except (LookupError, ValueError) as error:
        return _refuse(f"review: {error.args[0]}")
    return 0


def fold(options: argparse.Namespace) -> int:
    """Fold the long lines of the content."""
    from skill.advice.store import CONTENT
    from workshop.linting.fold import fold_files

    for path in fold_files(CONTENT):
        print(path)
    return 0


def models(options: argparse.Namespace) -> int:
    """Write the interaction models and the task files."""
    from workshop.models import write_models, write_tasks

    for path in (*write_models(), *write_tasks()):
        print(path)
    return 0


def understand(options: argparse.Namespace) -> int:
    """Measure how much of what people say is understood."""
    from workshop.models.understanding import understand as measured

    text, good = measured()
    print(text)
    return 0 if good else 1


def document(options: argparse.Namespace) -> int:
    """Write the documents that are generated from the content."""
    from skill.advice import open_advice
    from workshop.documents import DOCUMENTS
    from workshop.review.pack import pack

    advice = open_advice("en-US")
    for name, (write, _) in DOCUMENTS.items():
        (ROOT / name).write_text(write(advice), encoding="utf-8")
        print(name)
    (ROOT / PACK).parent.mkdir(exist_ok=True)
    (ROOT / PACK).write_text(pack(advice), encoding="utf-8")
    print(PACK)
    return 0


def bundle(options: argparse.Namespace) -> int:
    """Write build/: an ASK CLI project and lambda.zip."""
    from workshop.bundle.lambda_zip import main as write_bundle

    return write_bundle(["--python", options.python] if options.python else [])


def _speaker(options: argparse.Namespace, memory: str) -> Speaker:
    from skill.app import create
    from skill.memory.choose import choose
    from speaker import InteractionModel, Speaker
    from speaker.request_envelope import Device

    model = InteractionModel.load(options.locale)
    skill = create(memory=choose(memory, "--memory"))
    device = Device(locale=options.locale, screen=getattr(options, "screen", False))
    if getattr(options, "ear", "own") == "alexa":
        from workshop.models.alexa_ear import AlexaEar

        return Speaker(skill, model, device, transcribes=False, ear=AlexaEar(model))
    return Speaker(skill, model, device)


def _without(error: ModuleNotFoundError, verb: str) -> int:
    """Exits with a hint for a package that is not installed. Re-raises if the missing module is the project's own."""
    if (error.name or "skill").partition(".")[0] in OURS:
        raise error
    extra = EXTRAS.get(verb, "dev")
    hint = f"in a clone run `make {'talk' if verb == 'ask' else verb}` once, or there `pip install '.[{extra}]'`"
    return _refuse(f"{verb}: expected the packages of the extra `{extra}`, found no {error.name}. Hint: {hint}")


def _refuse(message: str) -> int:
    print(f"cramp-coach: {message}", file=sys.stderr)
    return USAGE_ERROR


def _device(name: str) -> int | str:
    return int(name) if name.isdigit() else name


def _percent(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"expected a percentage from 0 to 100, found {text!r}")
    return int(text)


def _locale(name: str) -> str:
    """A locale of the content. The content is read only if a verb needs it: `check` must run without."""
    try:
        known = locales()
    except Exception as error:
        raise argparse.ArgumentTypeError(
            f"expected content that can be read, found {type(error).__name__}. Hint: run `cramp-coach check`"
        ) from error
    if name not in known:
        raise argparse.ArgumentTypeError(f"expected one of {', '.join(known)}, found {name!r}")
    return name


def parser() -> argparse.ArgumentParser:
    """The argument parser."""
    main_parser = argparse.ArgumentParser("cramp-coach", description="A voice coach for night leg cramps.")
    main_parser.add_argument("--version", action="version", version=__version__)
    verbs = main_parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(
        name: str, does: Callable[[argparse.Namespace], int], help_: str, needs: str = ""
    ) -> argparse.ArgumentParser:
        """Adds a verb; `needs` is a file that only a clone of the project has."""
        own = verbs.add_parser(name, help=help_, description=help_)
        own.set_defaults(does=does, needs=needs)
        return own

    def locale(own: argparse.ArgumentParser) -> None:
        own.add_argument(
            "--locale", type=_locale, default="en-US", help="whose English, such as en-GB (default: en-US)"
        )

    sentences = "interaction_models/sentences/en/_rules.yaml"
    own = verb("talk", talk, "talk to the coach in the terminal, typing what you would say")
    own.add_argument(
        "--ear", choices=("own", "alexa"), default="own", help="who hears: our own, or one no cleverer than Alexa"
    )
    own.add_argument("--fast", action="store_true", help="do not wait: time goes by at once")
    own.add_argument("--json", action="store_true", help="one JSON object a turn")
    own.add_argument("--voice", action="store_true", help="speak aloud, where espeak-ng is installed")
    own.add_argument("--screen", action="store_true", help="be a device with a screen")
    own.add_argument("--memory", help="where places are kept: none, sqlite:PATH or dynamodb:TABLE (default: this talk)")
    locale(own)

    own = verb("listen", listen, "be a bedside speaker: heard through the microphone, nothing leaves this machine")
    own.add_argument("--mic", type=Path, metavar="WAV", help="hear a recording instead, in simulated time")
    own.add_argument("--out", type=Path, metavar="WAV", help="speak into a file instead")
    own.add_argument("--json", action="store_true", help="one JSON object a turn")
    own.add_argument("--devices", action="store_true", help="list microphones and loudspeakers")
    own.add_argument("--input", type=_device, metavar="DEVICE", help="microphone: a number or part of a name")
    own.add_argument("--output", type=_device, metavar="DEVICE", help="loudspeaker: a number or part of a name")
    own.add_argument("--volume", type=_percent, default=40, help="percent (default: 40, for a bedroom at night)")
    own.add_argument("--light", action="store_true", help="one dim line that shows what it is doing")
    own.add_argument(
        "--recognizer", choices=("combined", "moonshine", "pocketsphinx"), default="combined", help="what hears words"
    )
    own.add_argument("--activity", choices=("silero", "webrtc"), default="silero", help="what tells speech from noise")
    own.add_argument("--voice", default="", help="flite, flite:NAME or espeak-ng (default: the first that is there)")
    own.add_argument("--duplex", choices=("auto", "half", "full"), default="auto", help="can it hear while it speaks")
    own.add_argument(
        "--model", type=Path, action="append", default=[], metavar="PATH",
        help="a model of your own: a folder of Whisper, Vosk or Moonshine, or a Piper voice; may be given twice",
    )  # fmt: skip
    locale(own)

    own = verb("ask", ask, "ask one thing and print the answer")
    own.add_argument("words", nargs="+", help="what you would say")
    own.add_argument("--sources", action="store_true", help="print the references behind the answer")
    locale(own)

    own = verb("web", web, "serve the endpoint and the bedside page on loopback")
    own.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: 127.0.0.1, this machine)")
    own.add_argument("--port", type=int, default=8080, help="the port to listen at (default: 8080)")
    own.add_argument("--workers", type=int, default=4, help="requests served at a time (default: 4)")
    own.add_argument(
        "--page",
        default="auto",
        help="the bedside page: on, off, or https://NAME of a proxy (default: on; off with a skill id)",
    )

    own.add_argument(
        "--bedtime", default="", metavar="HH:MM", help="begin the bedtime stretches every evening (default: off)"
    )

    own = verb("evenings", evenings, "say how many evenings of the bedtime stretches there were, or forget them")
    own.add_argument("--forget", action="store_true", help="delete the count")

    own = verb("check", check, "check content, sentences and models: every fault at once", needs=sentences)
    own.add_argument("--release", action="store_true", help="also insist on what must be filled in before release")

    lock = "workshop/review/lock.yaml"
    own = verb("review", review, "list entries that are not accepted, or accept them", needs=lock)
    own.add_argument("ids", nargs="*", metavar="ID", help="what to accept, such as remedies.heat or 'conditions.*'")
    own.add_argument("--as", dest="by", metavar="NAME", help="who accepts it")
    own.add_argument("--remarks", type=Path, metavar="FILE", help="read what a clinician saved from build/review.html")
    own.add_argument("--role", help="as what: developer, pharmacist, nurse, physician, clinician …")

    verb("fold", fold, "fold the long lines of the content, which says the same after it", needs=lock)
    verb("understand", understand, "measure how much of what people say is understood", needs=sentences)
    verb("document", document, "write the documents that are generated from the content", needs="docs/advice.md")
    own = verb("bundle", bundle, "write build/: an ASK CLI project and lambda.zip", needs="lambda/template.yaml")
    own.add_argument("--python", help="the interpreter that the bytecode is for (default: this one)")

    verb("models", models, "write interaction_models/*.json from sentences and content", needs=sentences)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status."""
    _say_what_can_be_said()
    name = "talk"
    try:
        options = parser().parse_args(arguments)
        name = options.verb
        status = _does(options)
        sys.stdout.flush()
    except ModuleNotFoundError as error:
        return _without(error, name)
    except BrokenPipeError:
        # The reader closed the pipe, as `head` does. Python would try to flush the rest on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _does(options: argparse.Namespace) -> int:
    if options.needs and not (ROOT / options.needs).is_file():
        return _refuse(f"{options.verb}: expected a clone of the project, found no {options.needs} under {ROOT}")
    does: Callable[[argparse.Namespace], int] = options.does
    return does(options)


def _say_what_can_be_said() -> None:
    """Replaces characters that the terminal cannot encode, and typed bytes it cannot decode, by question marks."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
